import Domain

extension [UInt8] {
  /// Appends `text` with what JSON must not hold as it is escaped (RFC 8259 section 7), in runs of plain bytes.
  ///
  /// - Returns: False at the first ill-formed UTF-8 sequence; what was appended until then is the caller's to remove.
  mutating func appendEscaped(_ text: Span<UInt8>) -> Bool {
    var runStart = 0
    var offset = 0
    let count = text.count
    while offset < count {
      // Eight bytes a step while none of them needs a look.
      if count - offset >= 8, isPlain(text.uint64(at: offset)) {
        offset += 8
        continue
      }
      let byte = text.uint8(at: offset)
      if byte >= 0x80 {
        let length = UTF8Validation.sequenceLength(text, at: offset)
        if length == 0 { return false }
        offset += length
      } else if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        append(text.extracting(runStart..<offset))
        appendEscape(of: byte)
        offset += 1
        runStart = offset
      } else {
        offset += 1
      }
    }
    append(text.extracting(runStart..<count))
    return true
  }

  private mutating func appendEscape(of byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append("u00".utf8.span)
      Hexadecimal.append(byte, to: &self)
    }
  }
}

/// Whether eight bytes are all ASCII and none of them is a control character, a quote or a backslash.
///
/// After "Bit Twiddling Hacks" (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord): a byte may be taken
/// for a hit only above a true one, so the answer for the word is exact.
@inline(__always)
private func isPlain(_ word: UInt64) -> Bool {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
  let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
  let controls = (word &- ones &* 0x20) & ~word
  let hits = word | controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
  return hits & highs == 0
}
