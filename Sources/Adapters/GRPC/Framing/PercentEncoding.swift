import Domain

/// The encoding of `grpc-message` (gRPC over HTTP/2, "Responses") and of names in metadata: all but printable ASCII, and
/// `%`, as `%XX`.
enum PercentEncoding {
  private static let percent = UInt8(ascii: "%")

  static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if (0x20...0x7e).contains(byte), byte != percent {
        encoded.append(byte)
      } else {
        encoded += [percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// What is not well encoded stays as it is, with U+FFFD for what is not UTF-8: a message is for people.
  static func decode(_ text: String) -> String {
    String(decoding: bytes(of: text).decoded, as: UTF8.self)
  }

  /// Nil if a `%` begins no escape, or what they spell is not UTF-8: for a name, which is to be refused then, since a
  /// repaired one might be somebody else's.
  static func decodeStrictly(_ text: String) -> String? {
    let (decoded, isWellEncoded) = bytes(of: text)
    return isWellEncoded ? String(validating: decoded.span) : nil
  }

  private static func bytes(of text: String) -> (decoded: [UInt8], isWellEncoded: Bool) {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var isWellEncoded = true
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] == percent, offset + 2 < bytes.count, let high = Hexadecimal.value(bytes[offset + 1]),
        let low = Hexadecimal.value(bytes[offset + 2])
      {
        decoded.append(high << 4 | low)
        offset += 3
      } else {
        if bytes[offset] == percent { isWellEncoded = false }
        decoded.append(bytes[offset])
        offset += 1
      }
    }
    return (decoded, isWellEncoded)
  }
}
