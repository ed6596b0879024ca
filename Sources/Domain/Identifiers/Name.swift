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

  /// Order of the UTF-8 bytes, which order keys need: Swift's own `<` on strings compares by Unicode canonical equivalence.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
