import Application
import Domain
import Testing

extension AgentJournalPromise {
  func checkRest<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let entry = try SampleEntry.numbered(0, streams: [0, 1, 2])
    try await journal.append(entry)
    try await journal.acknowledge(try SampleEntry.stream(1), sequence: 0)
    let rest = JournalEntry(source: entry.source, end: entry.end, batches: [entry.batches[0], entry.batches[2]])
    #expect(try await journal.pending() == [rest])
  }

  func checkAcknowledgement<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let (first, second) = (try SampleEntry.numbered(0), try SampleEntry.numbered(1))
    try await journal.append(first)
    try await journal.append(second)
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 0)
    #expect(try await journal.pending() == [second])
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 1)
    #expect(try await journal.pending().isEmpty)
  }

  func checkCheckpoint<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let entry = try SampleEntry.numbered(0, streams: [0, 1])
    try await journal.append(entry)
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 0)
    #expect(try await journal.checkpoint(of: entry.source) == nil)
    try await journal.acknowledge(try SampleEntry.stream(1), sequence: 0)
    #expect(try await journal.checkpoint(of: entry.source) == entry.end)
  }

  func checkCheckpointOrder<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    for sequence in 0..<3 { try await journal.append(try SampleEntry.numbered(UInt64(sequence))) }
    let (source, stream) = (try SampleEntry.source(), try SampleEntry.stream(0))
    try await journal.acknowledge(stream, sequence: 1)
    #expect(try await journal.checkpoint(of: source) == nil)
    try await journal.acknowledge(stream, sequence: 0)
    #expect(try await journal.checkpoint(of: source) == SampleEntry.end(1))
    try await journal.acknowledge(stream, sequence: 2)
    #expect(try await journal.checkpoint(of: source) == SampleEntry.end(2))
  }

  func checkSources<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    try await journal.append(try SampleEntry.numbered(0, source: "a"))
    try await journal.append(try SampleEntry.numbered(1, source: "b"))
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 1)
    #expect(try await journal.checkpoint(of: SampleEntry.source("a")) == nil)
    #expect(try await journal.checkpoint(of: SampleEntry.source("b")) == SampleEntry.end(1))
  }

  func checkEmptyEntries<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let source = try SampleEntry.source()
    try await journal.append(JournalEntry(source: source, end: SampleEntry.end(0), batches: []))
    #expect(try await journal.checkpoint(of: source) == SampleEntry.end(0))
    try await journal.append(try SampleEntry.numbered(1))
    try await journal.append(JournalEntry(source: source, end: SampleEntry.end(2), batches: []))
    #expect(try await journal.checkpoint(of: source) == SampleEntry.end(0))
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 1)
    #expect(try await journal.checkpoint(of: source) == SampleEntry.end(2))
    #expect(try await journal.pending().isEmpty)
  }

  func checkUnknownAcknowledgements<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let entry = try SampleEntry.numbered(4, streams: [0, 1])
    try await journal.append(entry)
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 3)
    try await journal.acknowledge(try SampleEntry.stream(9), sequence: 4)
    #expect(try await journal.pending() == [entry])
    for _ in 0..<2 { try await journal.acknowledge(try SampleEntry.stream(0), sequence: 4) }
    #expect(try await journal.pending().map { $0.batches.map(\.stream) } == [[try SampleEntry.stream(1)]])
    #expect(try await journal.checkpoint(of: entry.source) == nil)
  }
}
