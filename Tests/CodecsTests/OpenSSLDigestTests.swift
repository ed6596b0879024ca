import ObjectDigestContract
import OpenSSLAdapter
import Testing

@Suite("SHA-256 by OpenSSL")
struct OpenSSLDigestTests {
  @Test("keeps the port's promises", arguments: ObjectDigestPromise.allCases)
  func keeps(_ promise: ObjectDigestPromise) async throws {
    try await promise.check(on: OpenSSLDigest())
  }
}
