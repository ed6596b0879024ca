import Application
import ChunkIndexContract
import Domain
import InMemoryAdapter
import Testing

@Suite("a metered chunk index", .timeLimit(.minutes(1)))
struct MeteredIndexTests {
  @Test("keeps the port's promises", arguments: ChunkIndexPromise.allCases)
  func keeps(_ promise: ChunkIndexPromise) async throws {
    let clock = ScriptedClock()
    try await promise.check(
      on: MeteredChunkIndex(InMemoryChunkIndex(clock: clock), clock: clock, telemetry: RecordingTelemetry()))
  }

  @Test("tells a refusal from a failure")
  func outcomes() async throws {
    let telemetry = RecordingTelemetry()
    let clock = ScriptedClock()
    let base = InMemoryChunkIndex(clock: clock)
    let index = MeteredChunkIndex(base, clock: clock, telemetry: telemetry)
    try await index.initialise(Generation(Identifier128(high: 0, low: 1)))
    await #expect(throws: ChunkIndexError.self) {
      try await index.initialise(Generation(Identifier128(high: 0, low: 2)))
    }
    base.faults.failNext(1, .generation, with: .unavailable(retryAfter: nil, reason: "away"))
    await #expect(throws: ChunkIndexError.self) { try await index.generation() }
    let outcomes: [PortOutcome] = telemetry.events.compactMap {
      if case .portCall(.chunkIndex, _, let outcome, _, _) = $0 { outcome } else { nil }
    }
    #expect(outcomes == [.ok, .refused, .failed])
  }
}
