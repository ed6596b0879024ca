import LogSourceContract
import Testing

@Suite("The log source's contract", .timeLimit(.minutes(1)))
struct LogSourceSabotageTests {
  @Test("is kept by a right source", arguments: LogSourcePromise.allCases)
  func isKept(_ promise: LogSourcePromise) async throws {
    try await promise.check { FlawedLogSource($0, breaking: nil) }
  }

  @Test("notices a broken promise", arguments: LogSourcePromise.allCases)
  func isBroken(_ promise: LogSourcePromise) async {
    await withKnownIssue("a flawed source breaks \(promise)") {
      try await promise.check { FlawedLogSource($0, breaking: promise) }
    }
  }
}
