import Domain
import ObjectDigestContract
import Synchronization
import Testing

@Suite("The contract of object digests", .timeLimit(.minutes(1)))
struct ObjectDigestSabotageTests {
  @Test("notices a digest that is wrong everywhere", arguments: ObjectDigestPromise.allCases)
  func notices(_ promise: ObjectDigestPromise) async {
    await withKnownIssue("a wrong digest breaks \(promise)") { try await promise.check(on: WrongDigest()) }
  }
}

/// Knows no answer, and not even gives the same one twice.
private struct WrongDigest: ObjectDigest {
  private final class Calls: Sendable { let count = Atomic<UInt64>(0) }
  private let calls = Calls()

  func sha256(_ bytes: Span<UInt8>) -> [UInt8] {
    var digest: [UInt8] = []
    for _ in 0..<4 { digest.append(uint64: calls.count.add(1, ordering: .relaxed).newValue) }
    return digest
  }
}
