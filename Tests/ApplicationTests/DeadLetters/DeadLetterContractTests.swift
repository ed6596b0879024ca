import DeadLetterOperationsContract
import TestSupport
import Testing

@Suite("Operating dead letters", .timeLimit(.minutes(1)))
struct DeadLetterContractTests {
  @Test("keeps the port's promises", arguments: DeadLetterOperationsPromise.allCases)
  func keeps(_ promise: DeadLetterOperationsPromise) async throws {
    try await promise.check(on: .useCase { $0 })
  }
}
