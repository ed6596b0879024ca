/// The text of an event while its lines are put together: a range of the buffer as long as that is what it is, else a copy.
struct EventText: Sendable {
  /// In the buffer; of no meaning once there is a copy.
  private(set) var range = 0..<0
  private(set) var isCopy = false
  /// Keeps its memory from event to event.
  private(set) var copy: [UInt8] = []

  var count: Int { isCopy ? copy.count : range.count }

  mutating func begin(_ first: Range<Int>) {
    range = first
    isCopy = false
    copy.removeAll(keepingCapacity: true)
  }

  /// Adds more of `bytes`.
  ///
  /// - Parameter isLine: Behind a line feed; else it goes on with the same line.
  mutating func append(_ piece: Range<Int>, of bytes: Span<UInt8>, isLine: Bool) {
    if !isCopy, isLine, piece.lowerBound == range.upperBound + 1, bytes[range.upperBound] == UInt8(ascii: "\n") {
      range = range.lowerBound..<piece.upperBound
      return
    }
    if !isCopy {
      isCopy = true
      copy.append(bytes.extracting(range))
    }
    if isLine { copy.append(UInt8(ascii: "\n")) }
    copy.append(bytes.extracting(piece))
  }
}
