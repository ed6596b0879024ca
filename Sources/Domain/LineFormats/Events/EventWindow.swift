/// Where the end of one event is looked for in a buffer.
struct EventWindow: Sendable {
  /// Where the event begins.
  let start: Int
  /// What is there will not grow soon.
  let isEnd: Bool
  /// Bytes that the event may have.
  let limit: Int

  /// The line that begins at `position`; nil if its end is not there.
  func line(in bytes: Span<UInt8>, at position: Int) -> RawLine? {
    RawLine(in: bytes, at: position, isEnd: isEnd, limit: limit)
  }

  /// Where no line was found: whether that is final, since nothing is left or what comes would be too much for the event.
  func isOver(in bytes: Span<UInt8>) -> Bool { isEnd || bytes.count - start >= limit + 2 }

  func hasRoom(upTo end: Int) -> Bool { end - start <= limit }
}
