import Application
import Domain
import Testing

extension AgentJournalPromise {
  func checkSeveralEntries<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    let journal = try await open()
    let entries = [
      try SampleEntry.numbered(0, source: "a"), try SampleEntry.numbered(1, source: "a", streams: [0, 1]),
      JournalEntry(source: try SampleEntry.source("b"), end: SampleEntry.end(5), batches: []),
      try SampleEntry.numbered(2, source: "c"),
    ]
    try await journal.append([])
    try await journal.append(entries)
    let withBatches = entries.filter { !$0.batches.isEmpty }
    #expect(try await journal.pending() == withBatches)
    #expect(try await journal.checkpoint(of: SampleEntry.source("b")) == SampleEntry.end(5))
    let reopened = try await open()
    #expect(try await reopened.pending() == withBatches)
    #expect(try await reopened.nextSequences() == [try SampleEntry.stream(0): 3, try SampleEntry.stream(1): 2])
  }

  func checkSources<Journal: AgentJournal>(listed open: () async throws -> Journal) async throws {
    var journal = try await open()
    #expect(try await journal.sources().isEmpty)
    for sequence in 0..<3 { try await journal.append(try SampleEntry.numbered(UInt64(sequence), source: "a")) }
    try await journal.append(JournalEntry(source: SampleEntry.source("b"), end: SampleEntry.end(7), batches: []))
    let settled = JournaledSource(id: try SampleEntry.source("b"), end: SampleEntry.end(7), isSettled: true)
    let source = try SampleEntry.source("a")
    // The newest entry counts though it is acknowledged before the oldest.
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 2)
    let unsettled = JournaledSource(id: source, end: SampleEntry.end(2), isSettled: false)
    #expect(Set(try await journal.sources()) == [unsettled, settled])
    journal = try await open()
    #expect(Set(try await journal.sources()) == [unsettled, settled])
    for sequence in 0..<3 { try await journal.acknowledge(try SampleEntry.stream(0), sequence: UInt64(sequence)) }
    let now = JournaledSource(id: source, end: SampleEntry.end(2), isSettled: true)
    #expect(Set(try await journal.sources()) == [now, settled])
  }

  func checkCursors<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    var journal = try await open()
    let (source, stream) = (try SampleEntry.source("stream"), try SampleEntry.stream(0))
    let ends = ["s=1;i=\u{e4}", "s=2"].map { SourceCheckpoint(offset: 9, checksum: 0, cursor: $0) }
    for (sequence, end) in ends.enumerated() {
      let batches = try SampleEntry.numbered(UInt64(sequence)).batches
      try await journal.append(JournalEntry(source: source, end: end, batches: batches))
    }
    try await journal.acknowledge(stream, sequence: 0)
    #expect(try await journal.checkpoint(of: source) == ends[0])
    journal = try await open()
    #expect(try await journal.sources() == [JournaledSource(id: source, end: ends[1], isSettled: false)])
    #expect(try await journal.pending().last?.end == ends[1])
  }

  func checkForgetting<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    var journal = try await open()
    for (sequence, name) in ["a", "b", "c"].enumerated() {
      try await journal.append(try SampleEntry.numbered(UInt64(sequence), source: name))
    }
    for sequence in 0..<2 { try await journal.acknowledge(try SampleEntry.stream(0), sequence: UInt64(sequence)) }
    let names = try ["b", "c", "unknown"].map { try SampleEntry.source($0) }
    try await journal.forget(Set(names))
    // "c" has a batch under way, which goes on as if nothing had been said.
    #expect(Set(try await journal.sources().map(\.id.text)) == ["a", "c"])
    #expect(try await journal.checkpoint(of: SampleEntry.source("b")) == nil)
    #expect(try await journal.checkpoint(of: SampleEntry.source("a")) == SampleEntry.end(0))
    #expect(try await journal.pending().map(\.source.text) == ["c"])
    try await journal.append(try SampleEntry.numbered(3, source: "d"))
    journal = try await open()
    #expect(Set(try await journal.sources().map(\.id.text)).isSuperset(of: ["a", "c", "d"]))
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 2)
    #expect(try await journal.checkpoint(of: SampleEntry.source("c")) == SampleEntry.end(2))
  }
}
