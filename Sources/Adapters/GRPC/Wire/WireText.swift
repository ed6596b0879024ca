import Domain

/// Texts on the wire: checked for being UTF-8, mostly without becoming a `String`.
enum WireText {
  /// Whether keys, level names and attribute values, nearly always ASCII, are well-formed UTF-8. Short ASCII texts are decided here by one or two loads; the rest goes to the domain's validation.
  @inline(__always)
  static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    isASCII(bytes, range) || UTF8Validation.isValid(bytes.extracting(range))
  }

  @inline(__always)
  private static func isASCII(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let mask: UInt64 = 0x8080_8080_8080_8080
    let count = range.count
    if count >= 8 {
      var offset = range.lowerBound
      let last = range.upperBound &- 8
      // The last load overlaps the one before, so there is no tail.
      while offset < last {
        if bytes.uint64(at: offset) & mask != 0 { return false }
        offset &+= 8
      }
      return bytes.uint64(at: last) & mask == 0
    }
    if count >= 4 {
      let both = bytes.uint32(at: range.lowerBound) | bytes.uint32(at: range.upperBound &- 4)
      return both & 0x8080_8080 == 0
    }
    var all: UInt8 = 0
    for offset in range { all |= bytes[offset] }
    return all < 0x80
  }

  /// The one text field of a message that has nothing else; the last one counts.
  static func lastText(_ field: UInt64, of bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) -> String {
    var cursor = WireCursor(range)
    var text = ""
    while !cursor.isAtEnd {
      let tag = try cursor.tag(bytes)
      if tag == field { text = try cursor.text(bytes) } else { try cursor.skip(tag, bytes) }
    }
    return text
  }
}
