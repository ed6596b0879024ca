import AgentJournalContract
import DeadLetterQueueContract
import Domain
import InMemoryAdapter
import LogSourceContract
import Testing

extension InMemoryContractTests {
  @Test("the dead letters keep the port's promises", arguments: DeadLetterQueuePromise.allCases)
  func lettersKeep(_ promise: DeadLetterQueuePromise) async throws {
    try await promise.check(on: InMemoryDeadLetterQueue())
  }

  @Test("the agent's journal keeps the port's promises", arguments: AgentJournalPromise.allCases)
  func journalKeeps(_ promise: AgentJournalPromise) async throws {
    let journal = InMemoryAgentJournal(producer: ProducerID(Identifier128(high: 1, low: 2)))
    try await promise.check {
      // Opening it again is what a crash leaves.
      await journal.crash()
      return journal
    }
  }

  @Test("the source keeps the port's promises", arguments: LogSourcePromise.allCases)
  func sourceKeeps(_ promise: LogSourcePromise) async throws {
    try await promise.check { InMemoryLogSource(content: $0) }
  }
}
