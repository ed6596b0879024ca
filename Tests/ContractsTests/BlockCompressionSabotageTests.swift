import BlockCompressionContract
import Domain
import Testing

@Suite("The contract of block compression", .timeLimit(.minutes(1)))
struct BlockCompressionSabotageTests {
  @Test("is kept by a right codec", arguments: BlockCompressionPromise.allCases)
  func isKept(_ promise: BlockCompressionPromise) async throws {
    try await promise.check(on: FaultyCompression())
  }

  @Test("notices a wrong codec", arguments: FaultyCompression.Fault.allCases)
  func notices(_ fault: FaultyCompression.Fault) async {
    for promise in fault.broken {
      await withKnownIssue("\(fault) breaks \(promise)") { try await promise.check(on: FaultyCompression(fault)) }
    }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyCompression.Fault.allCases.flatMap(\.broken)) == Set(BlockCompressionPromise.allCases))
  }
}
