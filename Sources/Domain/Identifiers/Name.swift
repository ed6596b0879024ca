/// The rules that tenant and service names share: 1 to 128 bytes of UTF-8 without control characters, never beginning
/// with `_` or `.` (reserved for what the system itself stores).
enum Name {
  static let maximumBytes = 128

  static func check(_ text: String) throws(NameError) {
    guard let first = text.utf8.first else { throw .empty }
    guard text.utf8.count <= maximumBytes else { throw .tooLong(bytes: text.utf8.count, limit: maximumBytes) }
    if first == UInt8(ascii: "_") || first == UInt8(ascii: ".") {
      throw .badFirstCharacter(String(decoding: [first], as: UTF8.self))
    }
    for (offset, byte) in text.utf8.enumerated() where byte < 0x20 || byte == 0x7f {
      throw .controlCharacter(offset: offset)
    }
  }

  /// Whether `check` takes the text whose UTF-8 this is.
  static func isValid(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, text.count <= maximumBytes, text[0] != UInt8(ascii: "_"), text[0] != UInt8(ascii: ".") else {
      return false
    }
    for offset in 0..<text.count where text[offset] < 0x20 || text[offset] == 0x7f { return false }
    return true
  }

  /// Equality, hash and order are those of the UTF-8 bytes, everywhere the same. Swift's own on strings go by Unicode
  /// canonical equivalence: two spellings of "é" would be one tenant in a dictionary and two in a database.
  static func equal(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

  static func hash(_ text: String, into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }

  /// Order of the UTF-8 bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
