/// Events of a container's two streams whose lines are so interleaved that no range of bytes holds one without the others.
struct EventGroup: Sendable {
  /// Bytes of a group at most: with all its events it must fit a batch. A runtime splits lines at 16 KiB, so that this is a
  /// line of fifteen parts with another stream's lines among them; what is left open then is cut.
  static let maximumBytes = 256 << 10

  /// Where the first line of each event begins, ascending.
  var starts: [Int] = []
  var end = 0
  /// Of the first event. The others are of the same container.
  var service: [UInt8] = []
  var maximumEncodedBytes = 0
  /// What the events' times are read by when they are appended.
  var now = Timestamp.epoch

  mutating func begin(_ now: Timestamp) {
    starts.removeAll(keepingCapacity: true)
    service.removeAll(keepingCapacity: true)
    maximumEncodedBytes = 0
    self.now = now
  }
}
