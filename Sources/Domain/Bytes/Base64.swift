/// Base64 (RFC 4648): the standard alphabet with padding, and the URL-safe one without.
package enum Base64 {
  package static func text(_ bytes: some Collection<UInt8>) -> String { encode(bytes, standard, pads: true) }

  package static func urlText(_ bytes: some Collection<UInt8>) -> String { encode(bytes, urlSafe, pads: false) }

  /// Nil if a character is not of the alphabet, or the length or the left-over bits cannot be.
  package static func bytes(urlText text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      guard let value = urlSafe.firstIndex(of: character) else { return nil }
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

  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func encode(_ bytes: some Collection<UInt8>, _ alphabet: [UInt8], pads: Bool) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = bytes[...]
    while !rest.isEmpty {
      let group = Array(rest.prefix(3))
      rest = rest.dropFirst(3)
      var bits: UInt32 = 0
      for index in 0..<3 { bits = bits << 8 | UInt32(index < group.count ? group[index] : 0) }
      for index in 0...group.count { text.append(alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)]) }
      if pads { for _ in group.count..<3 { text.append(UInt8(ascii: "=")) } }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
