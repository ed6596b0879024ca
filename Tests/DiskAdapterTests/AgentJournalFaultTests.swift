import AgentJournalContract
import Application
import Domain
import Testing
import Threads

@testable import DiskAdapter

/// What the journal knows after crashes.
@Suite("Disk agent journal in trouble", .timeLimit(.minutes(1)))
struct AgentJournalFaultTests {
  /// What a run was told.
  private struct History {
    var producer: ProducerID?
    var appended: [JournalEntry] = []
    /// Entries whose append failed: they may be there.
    var attempted: [JournalEntry] = []
    var acknowledged: Set<BatchName> = []
  }

  @Test("a power cut at any call leaves a journal that goes on with the same bytes", arguments: 1...4)
  func powerCut(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let whole = SimulatedFileSystem()
    _ = try await Self.run(whole)
    for call in 0...whole.calls {
      let files = SimulatedFileSystem()
      files.set(.init(callsUntilPowerCut: call))
      let history = try await Self.run(files)
      try await Self.verify(files.afterPowerCut(&generator), history, "power cut at call \(call)")
      try await Self.verify(files.afterKill(), history, "killed at call \(call)")
    }
  }

  @Test("a full disk or a failed sync is an error of one call only", arguments: 3...20)
  func failedSync(_ syncs: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(syncs))
    let files = SimulatedFileSystem()
    files.set(.init(syncsUntilFailure: syncs))
    let history = try await Self.run(files)
    #expect(history.appended.count >= 7)
    try await Self.verify(files.afterKill(), history, "killed")
    try await Self.verify(files.afterPowerCut(&generator), history, "power cut")
  }

  @Test("cut off at any byte, it opens with a state that it had")
  func tornTail() async throws {
    let files = SimulatedFileSystem()
    // Without compaction the file is the history.
    let history = try await Self.run(files, compactionBytes: 1 << 20)
    try #require(history.attempted.isEmpty)
    let path = "/disk/journal/journal"
    let size = try files.open(path, .read).size()
    let producerEnd = FrameFile.headerBytes + Frame.headerBytes + 17
    var entries = history.appended.count
    for end in (producerEnd..<size).reversed() {
      let torn = files.afterKill()
      torn.withContent(of: path) { $0.removeLast(size - end) }
      let journal = try await DiskAgentJournalTests.open(torn)
      #expect(journal.producer == history.producer)
      let pending = try await journal.pending()
      let known = try await journal.nextSequences().values.max() ?? 0
      #expect(known <= UInt64(entries))
      entries = Int(known)
      for entry in pending {
        let original = history.appended.first { $0.end == entry.end }
        #expect(original.map { Set($0.batches).isSuperset(of: entry.batches) } == true)
      }
      if let checkpoint = try await journal.checkpoint(of: SampleEntry.source()) {
        #expect(pending.allSatisfy { $0.end.offset > checkpoint.offset })
      }
    }
    #expect(entries == 0)
  }

  // MARK: -

  /// Appends eight entries of two batches and acknowledges most of them, compacting often; whatever fails, fails.
  private static func run(_ files: SimulatedFileSystem, compactionBytes: Int = 300) async throws -> History {
    var history = History()
    guard let journal = try? await DiskAgentJournalTests.open(files, compactionBytes: compactionBytes) else {
      return history
    }
    history.producer = journal.producer
    for sequence in 0..<8 {
      let entry = try SampleEntry.numbered(UInt64(sequence), streams: [0, 1], contentBytes: 40)
      do throws(AgentJournalError) {
        try await journal.append(entry)
        history.appended.append(entry)
      } catch {
        history.attempted.append(entry)
      }
      // The batches of the second stream lag behind.
      for (stream, acknowledged) in [(0, sequence), (1, sequence - 2)] where acknowledged >= 0 {
        let name = BatchName(stream: try SampleEntry.stream(stream), sequence: UInt64(acknowledged))
        guard history.appended.contains(where: { $0.batches.first?.sequence == name.sequence }) else { continue }
        history.acknowledged.insert(name)
        try? await journal.acknowledge(name.stream, sequence: name.sequence)
      }
    }
    return history
  }

  private static func verify(_ files: SimulatedFileSystem, _ history: History, _ what: Comment) async throws {
    let journal = try await DiskAgentJournalTests.open(files)
    // A producer id counts from the first call that returned.
    if !history.appended.isEmpty { #expect(journal.producer == history.producer, what) }
    let pending = try await journal.pending()
    let pendingBatches = pending.flatMap(\.batches)
    for entry in history.appended {
      for batch in entry.batches {
        let isPending = pendingBatches.contains(batch)
        let name = BatchName(stream: batch.stream, sequence: batch.sequence)
        #expect(isPending || history.acknowledged.contains(name), what)
      }
    }
    let known = Set((history.appended + history.attempted).flatMap(\.batches))
    #expect(known.isSuperset(of: pendingBatches), what)
    #expect(pending.map(\.end.offset) == pending.map(\.end.offset).sorted(), what)
    if let checkpoint = try await journal.checkpoint(of: SampleEntry.source()) {
      #expect(pending.allSatisfy { $0.end.offset > checkpoint.offset }, what)
    }
    if let last = history.appended.last?.batches.first {
      let next = try await journal.nextSequences()[last.stream] ?? 0
      #expect(next > last.sequence, what)
    }
  }
}
