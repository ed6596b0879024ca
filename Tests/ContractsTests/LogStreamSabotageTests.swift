import LogStreamContract
import Testing

@Suite("The contract of streams of lines", .timeLimit(.minutes(1)))
struct LogStreamSabotageTests {
  @Test("is kept by a right stream", arguments: LogStreamPromise.allCases)
  func isKept(_ promise: LogStreamPromise) async throws {
    try await promise.check(on: FlawedStreamStage(flaw: nil))
  }

  @Test("notices a broken promise", arguments: LogStreamPromise.allCases)
  func isBroken(_ promise: LogStreamPromise) async {
    await withKnownIssue("a flawed stream breaks \(promise)") {
      try await promise.check(on: FlawedStreamStage(flaw: promise))
    }
  }
}
