/// The checksum of a whole object: SHA-256 (FIPS 180-4).
package protocol ObjectDigest: Sendable {
  /// 32 bytes.
  func sha256(_ bytes: Span<UInt8>) -> [UInt8]
}
