import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("The journal in memory") struct InMemoryAgentJournalTests {
  private let journal = InMemoryAgentJournal(producer: ProducerID(Identifier128(high: 1, low: 2)), limitBytes: 10)
  private let stream: StreamID
  private let source: SourceID

  init() throws {
    stream = StreamID(tenant: .default, service: try ServiceName("api"))
    source = try #require(SourceID("file"))
  }

  @Test("loses acknowledgements in a crash, but no entry")
  func crashLosesAcknowledgements() async throws {
    try await journal.append(entry(0))
    try await journal.acknowledge(stream, sequence: 0)
    #expect(try await journal.pending().isEmpty)
    await journal.crash()
    #expect(try await journal.pending() == [entry(0)])
    try await journal.acknowledge(stream, sequence: 0)
    await journal.sync()
    await journal.crash()
    #expect(try await journal.pending().isEmpty)
    #expect(try await journal.checkpoint(of: source) == entry(0).end)
  }

  @Test("moves a checkpoint only past entries that are acknowledged in order")
  func checkpointWaitsForOlderEntries() async throws {
    try await journal.append(entry(0))
    try await journal.append(entry(1))
    try await journal.acknowledge(stream, sequence: 1)
    #expect(try await journal.checkpoint(of: source) == nil)
    try await journal.acknowledge(stream, sequence: 0)
    #expect(try await journal.checkpoint(of: source) == entry(1).end)
    #expect(try await journal.nextSequences() == [stream: 2])
  }

  @Test("is full at its limit until something is acknowledged")
  func isFullAtItsLimit() async throws {
    try await journal.append(entry(0))
    try await journal.append(entry(1))
    await #expect(throws: AgentJournalError.self) { try await journal.append(entry(2)) }
    try await journal.acknowledge(stream, sequence: 0)
    try await journal.append(entry(2))
  }

  private func entry(_ sequence: UInt64) -> JournalEntry {
    JournalEntry(
      source: source, end: SourceCheckpoint(offset: (sequence + 1) * 100, checksum: UInt32(sequence)),
      batches: [
        JournaledBatch(
          stream: stream, sequence: sequence, eventCount: 1, content: [1, 2, 3, 4, 5], firstSent: .epoch)
      ])
  }
}
