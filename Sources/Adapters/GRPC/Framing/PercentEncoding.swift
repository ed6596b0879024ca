import Domain

/// The encoding of `grpc-message` (gRPC over HTTP/2, "Responses"): all but printable ASCII, and `%`, as `%XX`.
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

  /// What is not well encoded stays as it is: a message is for people.
  static func decode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] == percent, offset + 2 < bytes.count, let high = Hexadecimal.value(bytes[offset + 1]),
        let low = Hexadecimal.value(bytes[offset + 2])
      {
        decoded.append(high << 4 | low)
        offset += 3
      } else {
        decoded.append(bytes[offset])
        offset += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
