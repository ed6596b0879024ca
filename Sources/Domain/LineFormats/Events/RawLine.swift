/// A line as it lies in a buffer.
struct RawLine: Sendable {
  /// Without its end.
  let content: Range<Int>
  /// Behind its end.
  let end: Int
  /// The end, a line feed, is there; if not the line goes on behind `end`, or will.
  let isWhole: Bool
  /// The line was too long and was cut here.
  let isCut: Bool

  /// The line that begins at `start`; nil if it may be longer than what is there.
  ///
  /// - Parameters:
  ///   - isEnd: Take what is there as the line.
  ///   - limit: Bytes at which a line is cut, at the start of a UTF-8 sequence. With two bytes more there is always a line.
  init?(in bytes: Span<UInt8>, at start: Int, isEnd: Bool, limit: Int) {
    let available = bytes.count - start
    if let feed = LineFeed.first(in: bytes, from: start, upTo: min(bytes.count, start + limit + 2)) {
      let contentEnd = Self.withoutReturn(bytes, start..<feed)
      if contentEnd - start <= limit {
        self.init(content: start..<contentEnd, end: feed + 1, isWhole: true, isCut: false)
        return
      }
    } else if available < limit + 2 {
      guard isEnd, available > 0 else { return nil }
      let contentEnd = Self.withoutReturn(bytes, start..<bytes.count)
      if contentEnd - start <= limit {
        self.init(content: start..<contentEnd, end: bytes.count, isWhole: false, isCut: false)
        return
      }
    }
    let cut = Self.cut(bytes, from: start, at: start + limit)
    self.init(content: start..<cut, end: cut, isWhole: false, isCut: true)
  }

  private init(content: Range<Int>, end: Int, isWhole: Bool, isCut: Bool) {
    self.content = content
    self.end = end
    self.isWhole = isWhole
    self.isCut = isCut
  }

  private static func withoutReturn(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    let end = range.upperBound
    return end > range.lowerBound && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
  }

  /// Not inside a UTF-8 sequence: up to three bytes before `limit`.
  private static func cut(_ bytes: Span<UInt8>, from start: Int, at limit: Int) -> Int {
    for back in 0..<4 where limit - back > start && bytes[limit - back] & 0xc0 != 0x80 { return limit - back }
    return limit
  }

  /// Nothing but spaces, tabs and carriage returns.
  func isBlank(in bytes: Span<UInt8>) -> Bool { Self.isBlank(bytes, content) }

  static func isBlank(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for offset in range {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0d: continue
      default: return false
      }
    }
    return true
  }
}
