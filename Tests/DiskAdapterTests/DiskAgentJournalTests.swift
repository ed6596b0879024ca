import AgentJournalContract
import Application
import Domain
import Foundation
import Testing
import Threads

@testable import DiskAdapter

@Suite("Disk agent journal", .timeLimit(.minutes(1)))
struct DiskAgentJournalTests {
  static let pool = ThreadPool(name: "disk-test", threads: 2)

  @Test("keeps the port's promises", arguments: AgentJournalPromise.allCases)
  func keeps(_ promise: AgentJournalPromise) async throws {
    try await withTemporaryFolder { folder in
      let last = Lock<DiskAgentJournal?>(nil)
      try await promise.check {
        await last.withLock { $0 }?.close()
        let journal = try await DiskAgentJournal.open(
          DiskAgentJournalConfiguration(folder: folder), pool: Self.pool, clock: SystemClock(),
          identifiers: SeededIdentifiers())
        last.withLock { $0 = journal }
        return journal
      }
    }
  }

  @Test(
    "keeps the port's promises while it is killed and compacted all the time", arguments: AgentJournalPromise.allCases)
  func keepsWhenKilled(_ promise: AgentJournalPromise) async throws {
    let files = Lock(SimulatedFileSystem())
    try await promise.check {
      let next = files.withLock { current in
        current = current.afterKill()
        return current
      }
      return try await Self.open(next, compactionBytes: 1)
    }
  }

  @Test("reads a journal of format 1, and writes it anew in format 2")
  func oldFormat() async throws {
    let files = SimulatedFileSystem()
    let (source, gone) = (try SampleEntry.source("old"), try SampleEntry.source("gone"))
    var producer: [UInt8] = [1]
    Identifier128(high: 7, low: 8).append(to: &producer)
    func checkpoint(_ source: SourceID, offset: UInt64) -> [UInt8] {
      var bytes: [UInt8] = [5]
      bytes.append(lengthPrefixed: source.text)
      bytes.append(uint64: offset)
      bytes.append(uint32: 99)
      return bytes
    }
    // An entry of format 2 has one byte more: the length of the cursor that it does not have.
    let entry = try SampleEntry.numbered(4, source: "old")
    var old = JournalRecord.entry(entry).encoded()
    old.remove(at: 1 + 1 + 3 + 8 + 4)
    let kind = FrameFileKind(magic: "cwjournl", version: 1, frameBytes: 1 << 20)
    try files.makeFolders("/disk/journal")
    try files.replace(
      "/disk/journal/journal",
      with: FrameFile.encoded(
        kind,
        [
          producer, checkpoint(source, offset: 5), checkpoint(gone, offset: 6), JournalRecord.forgotten(gone).encoded(),
          old,
        ]))
    var disk = files
    for _ in 0..<2 {
      let journal = try await Self.open(disk)
      #expect(journal.producer == ProducerID(Identifier128(high: 7, low: 8)))
      #expect(try await journal.checkpoint(of: source) == SourceCheckpoint(offset: 5, checksum: 99))
      #expect(try await journal.pending() == [entry])
      #expect(try await journal.sources().count == 1)
      #expect(try disk.open("/disk/journal/journal", .read).read(12, at: 0)[8] == 2)
      disk = disk.afterKill()
    }
  }

  @Test("two processes cannot have one journal")
  func lock() async throws {
    let files = SimulatedFileSystem()
    let journal = try await Self.open(files)
    let error = await #expect(throws: AgentJournalError.self) { try await Self.open(files) }
    guard case .inUse(path: "/disk/journal") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    _ = journal.producer
  }

  @Test("a full spool takes no more until something was acknowledged")
  func spoolLimit() async throws {
    let journal = try await Self.open(SimulatedFileSystem(), spoolBytes: 1_000)
    try await journal.append(try SampleEntry.numbered(0, contentBytes: 2_000))
    let error = await #expect(throws: AgentJournalError.self) {
      try await journal.append(try SampleEntry.numbered(1, contentBytes: 10))
    }
    guard case .full(_, limit: 1_000) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 0)
    try await journal.append(try SampleEntry.numbered(1, contentBytes: 10))
    #expect(try await journal.nextSequences() == [try SampleEntry.stream(0): 2])
  }

  @Test("a batch is never cut twice")
  func repeatedSequence() async throws {
    let journal = try await Self.open(SimulatedFileSystem())
    try await journal.append(try SampleEntry.numbered(0))
    await #expect(throws: AgentJournalError.self) { try await journal.append(try SampleEntry.numbered(0)) }
  }

  @Test("the file stays small however much is acknowledged, and nothing is forgotten")
  func compaction() async throws {
    let files = SimulatedFileSystem()
    let journal = try await Self.open(files, compactionBytes: 10_000)
    let kept = try SampleEntry.numbered(0, source: "slow", streams: [7])
    try await journal.append(kept)
    for sequence in 0..<200 {
      try await journal.append(try SampleEntry.numbered(UInt64(sequence), streams: [0, 1], contentBytes: 500))
      for stream in 0..<2 { try await journal.acknowledge(try SampleEntry.stream(stream), sequence: UInt64(sequence)) }
    }
    #expect(try files.open("/disk/journal/journal", .read).size() < 15_000)
    let reopened = try await Self.open(files.afterKill())
    #expect(try await reopened.pending() == [kept])
    #expect(try await reopened.checkpoint(of: SampleEntry.source()) == SampleEntry.end(199))
    let sequences = try await reopened.nextSequences()
    #expect(
      sequences == [try SampleEntry.stream(0): 200, try SampleEntry.stream(1): 200, try SampleEntry.stream(7): 1])
    #expect(reopened.producer == journal.producer)
  }

  @Test("acknowledgements are durable after a second at the latest")
  func acknowledgementLag() async throws {
    var generator = SeededGenerator(seed: 1)
    let files = SimulatedFileSystem()
    let clock = ScriptedClock()
    let journal = try await DiskAgentJournal.open(
      DiskAgentJournalConfiguration(folder: "/disk/journal"), files, pool: Self.pool, clock: clock,
      identifiers: SeededIdentifiers())
    for sequence in 0..<3 { try await journal.append(try SampleEntry.numbered(UInt64(sequence))) }
    let calls = files.calls
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 0)
    #expect(files.calls == calls + 1)
    clock.advance(by: .seconds(1))
    try await journal.acknowledge(try SampleEntry.stream(0), sequence: 1)
    #expect(files.calls == calls + 3)
    let next = try await Self.open(files.afterPowerCut(&generator))
    #expect(try await next.pending().map { $0.batches.map(\.sequence) } == [[2]])
  }

  @Test("what blocks runs on the pool's threads, also when many call at once")
  func threads() async throws {
    let names = Lock<Set<String>>([])
    let files = ObservedFileSystem(SimulatedFileSystem()) {
      let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
      names.withLock { _ = $0.insert(name ?? "") }
    }
    let journal = try await DiskAgentJournal.open(
      DiskAgentJournalConfiguration(folder: "/disk/journal"), files, pool: Self.pool, clock: SystemClock(),
      identifiers: SeededIdentifiers())
    try await withThrowingTaskGroup { group in
      for stream in 0..<8 {
        group.addTask {
          for sequence in 0..<20 {
            try await journal.append(try SampleEntry.numbered(UInt64(sequence), streams: [stream]))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(names.withLock { $0 } == ["disk-test\n"])
  }

  @Test("a newer version is refused by name")
  func newerVersion() async throws {
    let files = SimulatedFileSystem()
    _ = try await Self.open(files)
    let next = files.afterKill()
    next.withContent(of: "/disk/journal/journal") { $0[8] = 3 }
    let error = await #expect(throws: AgentJournalError.self) { try await Self.open(next) }
    guard case .rejected(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason == "'/disk/journal/journal' has format 3, this build reads 1 and 2: upgrade cordwood")
  }

  static func open(
    _ files: SimulatedFileSystem, spoolBytes: Int = 256 << 20, compactionBytes: Int = 4 << 20
  ) async throws(AgentJournalError) -> DiskAgentJournal {
    var configuration = DiskAgentJournalConfiguration(folder: "/disk/journal")
    configuration.spoolBytes = spoolBytes
    configuration.compactionBytes = compactionBytes
    return try await DiskAgentJournal.open(
      configuration, files, pool: pool, clock: SystemClock(), identifiers: SeededIdentifiers())
  }
}
