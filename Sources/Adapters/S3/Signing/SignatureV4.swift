import Domain

/// AWS signature version 4, in the form that S3 uses: the path is encoded once and not normalised, the signature is a header
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
struct SignatureV4: Sendable {
  /// In place of the payload's digest, where TLS protects the payload.
  static let unsignedPayload = "UNSIGNED-PAYLOAD"

  let credentials: S3Credentials
  let region: String
  var service = "s3"
  let time: SigningTime

  /// The value of the `Authorization` header.
  ///
  /// - Parameters:
  ///   - path: As it stands in the request's address, encoded, beginning with `/`.
  ///   - query: As it stands there, which must be the canonical form (`CanonicalQuery`).
  ///   - headers: All that is signed, `Host` among them; each name once.
  ///   - payload: The payload's SHA-256 in hexadecimal digits, or `unsignedPayload`.
  func authorization(
    method: String, path: String, query: String, headers: [HTTPHeader], payload: String
  ) -> String {
    let signed = headers.map { HTTPHeader($0.name.lowercased(), Self.collapsed($0.value)) }.sorted { $0.name < $1.name }
    let names = signed.map(\.name).joined(separator: ";")
    let lines = signed.map { "\($0.name):\($0.value)\n" }.joined()
    let canonical = "\(method)\n\(path)\n\(query)\n\(lines)\n\(names)\n\(payload)"
    let scope = "\(time.day)/\(region)/\(service)/aws4_request"
    let digest = Hexadecimal.text(S3Digests.sha256(Array(canonical.utf8).span))
    let text = "AWS4-HMAC-SHA256\n\(time.text)\n\(scope)\n\(digest)"
    let signature = Hexadecimal.text(S3Digests.hmac(key: signingKey, text.utf8))
    return
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
  }

  private var signingKey: [UInt8] {
    let day = S3Digests.hmac(key: Array("AWS4\(credentials.secretKey)".utf8), time.day.utf8)
    let inRegion = S3Digests.hmac(key: day, region.utf8)
    let inService = S3Digests.hmac(key: inRegion, service.utf8)
    return S3Digests.hmac(key: inService, "aws4_request".utf8)
  }

  /// Without spaces at the ends, and with single ones between.
  private static func collapsed(_ value: String) -> String {
    value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }
}
