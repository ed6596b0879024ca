import Domain

/// SHA-256 by OpenSSL, which uses the processor's SHA instructions where there are any.
package struct OpenSSLDigest: ObjectDigest {
  private let algorithm = SHA256Algorithm()

  package init() {}

  package func sha256(_ bytes: Span<UInt8>) -> [UInt8] { algorithm.digest(bytes) }
}
