/// Searches for the end of a line.
enum LineFeed {
  /// Where the first line feed is; nil if there is none before `end`.
  ///
  /// Eight bytes a step: those that equal a line feed have their high bit set in `hits`.
  static func first(in bytes: Span<UInt8>, from start: Int, upTo end: Int) -> Int? {
    var offset = start
    while end &- offset >= 8 {
      let difference = bytes.uint64(at: offset) ^ 0x0a0a_0a0a_0a0a_0a0a
      let hits = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if hits != 0 { return offset &+ hits.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < end {
      if bytes.uint8(at: offset) == 0x0a { return offset }
      offset &+= 1
    }
    return nil
  }
}
