import StreamDecompressionContract
import Testing

@Suite("The contract of stream decompression", .timeLimit(.minutes(1)))
struct StreamDecompressionSabotageTests {
  private func setup(_ fault: FaultyDecompression.Fault?) -> StreamDecompressionSetup<FaultyDecompression> {
    let shared = FaultyDecompression(fault)
    return StreamDecompressionSetup(
      stream: { fault == .sharesItsState ? shared : FaultyDecompression(fault) },
      member: { FaultyDecompression.member($0) })
  }

  @Test("is kept by a right decoder", arguments: StreamDecompressionPromise.allCases)
  func isKept(_ promise: StreamDecompressionPromise) async throws { try await promise.check(on: setup(nil)) }

  @Test("notices a wrong decoder", arguments: FaultyDecompression.Fault.allCases)
  func notices(_ fault: FaultyDecompression.Fault) async {
    await withKnownIssue("\(fault) breaks \(fault.broken)") { try await fault.broken.check(on: setup(fault)) }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyDecompression.Fault.allCases.map(\.broken)) == Set(StreamDecompressionPromise.allCases))
  }
}
