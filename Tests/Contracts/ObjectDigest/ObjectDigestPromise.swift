package import Domain
import Testing

/// What every SHA-256 promises. The values are those of FIPS 180-4's examples (NIST, "SHA256.pdf") and of NIST's CAVP
/// byte-oriented short messages.
package enum ObjectDigestPromise: String, CaseIterable, Sendable {
  case emptyInput, oneBlock, twoBlocks, aMillionBytes, everyLengthAroundABlock, servesManyThreadsAtOnce

  package func check(on digest: some ObjectDigest) async throws {
    func text(_ bytes: [UInt8]) -> String { Hexadecimal.text(digest.sha256(bytes.span)) }
    switch self {
    case .emptyInput:
      #expect(text([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    case .oneBlock:
      #expect(text(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
      #expect(text([0xbd]) == "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b")
    case .twoBlocks:
      #expect(
        text(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
          == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    case .aMillionBytes:
      #expect(
        text([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
          == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    case .everyLengthAroundABlock:
      let all = (0...130).flatMap { digest.sha256([UInt8](repeating: 0, count: $0).span) }
      #expect(all.count == 131 * 32)
      // The digest of all digests, from an implementation of another library (Python's hashlib).
      #expect(text(all) == "d6e99a52e4f306ac462a8669cfa9744fc9ac0cd54f1c1c92b91d2e3257397ead")
    case .servesManyThreadsAtOnce:
      let results = await withTaskGroup(of: Bool.self) { group in
        for worker in 0..<16 {
          group.addTask { @concurrent in
            let bytes = [UInt8](repeating: UInt8(worker), count: 10_000)
            let first = digest.sha256(bytes.span)
            return (0..<50).allSatisfy { _ in digest.sha256(bytes.span) == first }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(results.allSatisfy { $0 }, "calls on several threads disturbed each other")
    }
  }
}
