/// What was read of a stream and is not cut yet.
struct StreamBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Of the first byte, from the stream's start.
  private(set) var offset: UInt64
  /// The last place that can be returned to, and how many of `bytes` lie before it.
  private var place: (cursor: String, count: Int)?

  init(offset: UInt64) { self.offset = offset }

  var count: Int { bytes.count }
  var endsWithLine: Bool { bytes.last == UInt8(ascii: "\n") }

  mutating func add(_ piece: LogStreamPiece) {
    bytes += piece.bytes
    if let cursor = piece.cursor { place = (cursor, bytes.count) }
  }

  /// What to cut now. Up to a place that can be returned to it is cut completely, so that the journal can say where to go on;
  /// without one as far as events are complete, or all of it if it `isDue`.
  mutating func take(isDue: Bool) -> StreamPortion {
    let count = place?.count ?? bytes.count
    let portion = StreamPortion(
      bytes: Array(bytes[..<count]), offset: offset, cursor: place?.cursor, isComplete: place != nil || isDue)
    bytes.removeFirst(count)
    offset += UInt64(count)
    place = nil
    return portion
  }

  /// What was taken and is not complete goes in front again.
  mutating func putBack(_ rest: [UInt8]) {
    bytes.insert(contentsOf: rest, at: 0)
    offset -= UInt64(rest.count)
    if let place { self.place = (place.cursor, place.count + rest.count) }
  }
}
