/// What a JSON string stands for (RFC 8259 section 7).
enum JSONString {
  /// Appends the bytes that `token` stands for, ill-formed UTF-8 as it is.
  static func append(_ token: JSONText.StringToken, of bytes: Span<UInt8>, to text: inout [UInt8]) {
    guard token.hasEscapes else { return text.append(bytes.extracting(token.range)) }
    var offset = token.range.lowerBound
    let end = token.range.upperBound
    var plain = offset
    while offset < end {
      guard bytes[offset] == UInt8(ascii: "\\") else {
        offset &+= 1
        continue
      }
      text.append(bytes.extracting(plain..<offset))
      appendEscape(bytes, &offset, end, to: &text)
      plain = offset
    }
    text.append(bytes.extracting(plain..<end))
  }

  /// Replaces what was appended from `start` on by well-formed UTF-8: U+FFFD for each ill-formed sequence.
  static func repair(_ text: inout [UInt8], from start: Int) {
    if UTF8Validation.isValid(text.span.extracting(start...)) { return }
    let repaired = String(repairing: text.span.extracting(start...))
    text.removeSubrange(start...)
    text.append(contentsOf: repaired.utf8)
  }

  /// `offset` is at a backslash of a string whose escapes were checked.
  private static func appendEscape(_ bytes: Span<UInt8>, _ offset: inout Int, _ end: Int, to text: inout [UInt8]) {
    let letter = bytes[offset + 1]
    guard letter == UInt8(ascii: "u") else {
      offset += 2
      switch letter {
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0c)
      case UInt8(ascii: "n"): text.append(0x0a)
      case UInt8(ascii: "r"): text.append(0x0d)
      case UInt8(ascii: "t"): text.append(0x09)
      default: text.append(letter)
      }
      return
    }
    let unit = codeUnit(bytes, at: offset + 2)
    offset += 6
    guard unit & 0xf800 == 0xd800 else { return append(scalar: unit, to: &text) }
    if unit < 0xdc00, offset + 6 <= end, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u") {
      let low = codeUnit(bytes, at: offset + 2)
      if low & 0xfc00 == 0xdc00 {
        offset += 6
        return append(scalar: 0x10000 + (unit & 0x3ff) << 10 + (low & 0x3ff), to: &text)
      }
    }
    // A surrogate alone stands for no character.
    append(scalar: 0xfffd, to: &text)
  }

  private static func codeUnit(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
    var unit: UInt32 = 0
    for index in 0..<4 { unit = unit << 4 | UInt32(Hexadecimal.value(bytes[offset + index]) ?? 0) }
    return unit
  }

  /// UTF-8 of a scalar value (Unicode 15, table 3-6).
  private static func append(scalar: UInt32, to text: inout [UInt8]) {
    func byte(_ lead: UInt32, _ shift: UInt32, _ mask: UInt32) -> UInt8 {
      UInt8(truncatingIfNeeded: lead | scalar >> shift & mask)
    }
    switch scalar {
    case 0..<0x80: text.append(byte(0, 0, 0x7f))
    case 0x80..<0x800: text.append(contentsOf: [byte(0xc0, 6, 0x1f), byte(0x80, 0, 0x3f)])
    case 0x800..<0x10000:
      text.append(contentsOf: [byte(0xe0, 12, 0x0f), byte(0x80, 6, 0x3f), byte(0x80, 0, 0x3f)])
    default:
      text.append(contentsOf: [byte(0xf0, 18, 0x07), byte(0x80, 12, 0x3f), byte(0x80, 6, 0x3f), byte(0x80, 0, 0x3f)])
    }
  }
}
