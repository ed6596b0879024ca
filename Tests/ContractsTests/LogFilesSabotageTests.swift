import LogFilesContract
import Testing

@Suite("The log files' contract", .timeLimit(.minutes(1)))
struct LogFilesSabotageTests {
  @Test("is kept by right files", arguments: LogFilesPromise.allCases)
  func isKept(_ promise: LogFilesPromise) async throws {
    try await promise.check(on: FlawedFilesStage(flaw: nil))
  }

  @Test("notices a broken promise", arguments: LogFilesPromise.allCases)
  func isBroken(_ promise: LogFilesPromise) async {
    await withKnownIssue("flawed files break \(promise)") {
      try await promise.check(on: FlawedFilesStage(flaw: promise))
    }
  }
}
