import DeadLetterQueueContract
import Testing

@Suite("The dead letter queue's contract", .timeLimit(.minutes(1)))
struct DeadLetterQueueSabotageTests {
  @Test("is kept by a right queue", arguments: DeadLetterQueuePromise.allCases)
  func isKept(_ promise: DeadLetterQueuePromise) async throws {
    try await promise.check(on: FlawedDeadLetterQueue(breaking: nil))
  }

  @Test("notices a broken promise", arguments: DeadLetterQueuePromise.allCases)
  func isBroken(_ promise: DeadLetterQueuePromise) async {
    await withKnownIssue("a flawed queue breaks \(promise)") {
      try await promise.check(on: FlawedDeadLetterQueue(breaking: promise))
    }
  }
}
