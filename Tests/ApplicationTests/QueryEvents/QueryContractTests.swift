import EventQueryContract
import TestSupport
import Testing

@Suite("finding events, as promised", .timeLimit(.minutes(1)))
struct QueryContractTests {
  @Test("the use case keeps the promises of its port", arguments: EventQueryPromise.allCases)
  func keeps(_ promise: EventQueryPromise) async throws {
    let stage = PipelineStage { DirectEventQueryDoor($0) }
    try await stage.start()
    try await promise.check(on: stage)
    await stage.stop()
  }
}
