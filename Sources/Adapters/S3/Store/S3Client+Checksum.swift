import Domain

extension S3Client {
  /// The headers by which the server finds out whether a payload arrived as it was sent.
  func checksumHeaders(_ body: ArraySlice<UInt8>) async -> [HTTPHeader] {
    let (checksum, sendsContentMD5) = (configuration.checksum, configuration.sendsContentMD5)
    return await computed(over: body) {
      var headers = Self.checksum(checksum, body).map { [HTTPHeader("x-amz-checksum-\($0.name)", $0.value)] } ?? []
      if sendsContentMD5 { headers.append(Self.contentMD5(body)) }
      return headers
    }
  }

  /// Nil where none is wanted.
  ///
  /// - Returns: The algorithm in lower case, and the checksum in Base64.
  static func checksum(
    _ checksum: S3Configuration.Checksum, _ body: ArraySlice<UInt8>
  ) -> (name: String, value: String)? {
    switch checksum {
    case .none: return nil
    case .crc32c:
      let value = CRC32C.checksum(body.span)
      return ("crc32c", base64((0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }))
    case .sha256: return ("sha256", base64(S3Digests.sha256(body.span)))
    }
  }

  static func contentMD5(_ body: ArraySlice<UInt8>) -> HTTPHeader {
    HTTPHeader("Content-MD5", base64(S3Digests.md5(body.span)))
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    Base64.append(bytes.span, .standard, to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
