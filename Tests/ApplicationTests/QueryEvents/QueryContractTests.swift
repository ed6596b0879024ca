import EventQueryContract
import Testing

@Suite("finding events, as promised", .timeLimit(.minutes(1)))
struct QueryContractTests {
  @Test("the use case keeps the promises of its port", arguments: EventQueryPromise.allCases)
  func keeps(_ promise: EventQueryPromise) async throws {
    try await promise.check(on: try await UseCaseStage())
  }
}
