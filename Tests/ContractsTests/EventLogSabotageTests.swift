import EventLogContract
import Testing

@Suite("The event log's contract", .timeLimit(.minutes(1)))
struct EventLogSabotageTests {
  @Test("is kept by a right log", arguments: EventLogPromise.allCases)
  func isKept(_ promise: EventLogPromise) async throws {
    try await promise.check(on: FlawedEventLog(breaking: nil))
  }

  @Test("notices a broken promise", arguments: EventLogPromise.allCases)
  func isBroken(_ promise: EventLogPromise) async {
    await withKnownIssue("a flawed log breaks \(promise)") {
      try await promise.check(on: FlawedEventLog(breaking: promise))
    }
  }
}
