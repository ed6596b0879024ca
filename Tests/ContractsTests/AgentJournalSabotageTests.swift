import AgentJournalContract
import Testing

@Suite("The agent journal's contract", .timeLimit(.minutes(1)))
struct AgentJournalSabotageTests {
  @Test("is kept by a right journal", arguments: AgentJournalPromise.allCases)
  func isKept(_ promise: AgentJournalPromise) async throws {
    let journal = FlawedAgentJournal(breaking: nil)
    try await promise.check { journal }
  }

  @Test("notices a broken promise", arguments: AgentJournalPromise.allCases)
  func isBroken(_ promise: AgentJournalPromise) async {
    let journal = FlawedAgentJournal(breaking: promise)
    await withKnownIssue("a flawed journal breaks \(promise)") { try await promise.check { journal } }
  }
}
