import Application
import Domain
import Testing

extension AgentJournalPromise {
  func checkProducer<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let producer = try await open().producer
    let journal = try await open()
    #expect(journal.producer == producer)
    #expect(!producer.value.isZero)
  }

  func checkBeginning<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    #expect(try await journal.placement() == nil)
    #expect(try await journal.nextSequences().isEmpty)
    #expect(try await journal.pending().isEmpty)
    #expect(try await journal.checkpoint(of: SampleEntry.source()) == nil)
  }

  func checkPlacement<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    try await journal.fixPlacement(3)
    try await journal.fixPlacement(3)
    await #expect(throws: AgentJournalError.self) { try await journal.fixPlacement(4) }
    #expect(try await journal.placement() == 3)
    let reopened = try await open()
    #expect(try await reopened.placement() == 3)
    await #expect(throws: AgentJournalError.self) { try await reopened.fixPlacement(0) }
  }

  func checkContents<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let entry = try SampleEntry.numbered(0, streams: [0, 1, 2])
    try await journal.append(entry)
    #expect(try await journal.pending() == [entry])
    let reopened = try await open()
    #expect(try await reopened.pending() == [entry])
    #expect(try await reopened.checkpoint(of: entry.source) == nil)
  }

  func checkOrder<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    var entries: [JournalEntry] = []
    for sequence in 0..<12 {
      entries.append(try SampleEntry.numbered(UInt64(sequence), source: "file-\(sequence % 3)"))
      try await journal.append(entries[sequence])
    }
    #expect(try await journal.pending() == entries)
    let reopened = try await open()
    #expect(try await reopened.pending() == entries)
  }

  func checkSequences<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    for sequence in 0..<3 {
      try await journal.append(try SampleEntry.numbered(UInt64(sequence), streams: sequence == 0 ? [0, 1] : [0]))
    }
    let expected = [try SampleEntry.stream(0): UInt64(3), try SampleEntry.stream(1): 1]
    #expect(try await journal.nextSequences() == expected)
    for sequence in 0..<3 { try await journal.acknowledge(try SampleEntry.stream(0), sequence: UInt64(sequence)) }
    try await journal.acknowledge(try SampleEntry.stream(1), sequence: 0)
    #expect(try await journal.nextSequences() == expected)
    let reopened = try await open()
    #expect(try await reopened.nextSequences() == expected)
  }

  func checkSize<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let entries = [
      try SampleEntry.numbered(0, contentBytes: 2 << 20), try SampleEntry.numbered(1, contentBytes: 0),
      try SampleEntry.numbered(2, streams: Array(0..<100), contentBytes: 1_000),
    ]
    for entry in entries { try await journal.append(entry) }
    let reopened = try await open()
    let isSame = try await reopened.pending() == entries
    #expect(isSame)
  }
}
