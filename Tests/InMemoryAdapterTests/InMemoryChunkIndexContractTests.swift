import ChunkIndexContract
import InMemoryAdapter
import Testing

@Suite("The index in memory, by contract", .timeLimit(.minutes(1))) struct InMemoryChunkIndexContractTests {
  @Test("keeps the port's promises", arguments: ChunkIndexPromise.allCases)
  func keeps(_ promise: ChunkIndexPromise) async throws {
    try await promise.check(on: InMemoryChunkIndex(clock: ScriptedClock()))
  }
}
