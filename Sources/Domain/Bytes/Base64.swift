/// Base64 (RFC 4648).
package enum Base64 {
  package enum Alphabet: Sendable {
    /// With padding (section 4).
    case standard
    /// For texts that may end up in an address; without padding (section 5).
    case urlSafe
  }

  /// Appends the characters for `data` without a `String` in between: every event of an answer has an order key.
  package static func append(_ data: Span<UInt8>, _ alphabet: Alphabet, to text: inout [UInt8]) {
    let digits = (alphabet == .standard ? standardDigits : urlSafeDigits).span
    var offset = 0
    while data.count - offset >= 3 {
      let bits = UInt32(data[offset]) << 16 | UInt32(data[offset + 1]) << 8 | UInt32(data[offset + 2])
      text.append(digits[Int(bits >> 18)])
      text.append(digits[Int(bits >> 12 & 63)])
      text.append(digits[Int(bits >> 6 & 63)])
      text.append(digits[Int(bits & 63)])
      offset += 3
    }
    let left = data.count - offset
    if left == 0 { return }
    let bits = UInt32(data[offset]) << 16 | (left == 2 ? UInt32(data[offset + 1]) << 8 : 0)
    text.append(digits[Int(bits >> 18)])
    text.append(digits[Int(bits >> 12 & 63)])
    if left == 2 { text.append(digits[Int(bits >> 6 & 63)]) }
    if alphabet == .standard { for _ in left..<3 { text.append(UInt8(ascii: "=")) } }
  }

  package static func urlText(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    append(bytes.span, .urlSafe, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil if a character is not of the alphabet, or the length or the left-over bits cannot be.
  package static func bytes(urlText text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      guard let value = urlSafeDigits.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    let leftOver = bits & (1 << UInt32(count) - 1)
    return count < 6 && leftOver == 0 ? bytes : nil
  }

  private static let standardDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafeDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
