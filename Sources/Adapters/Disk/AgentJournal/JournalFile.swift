import Application
import Domain

/// The journal's file and what is known of it. One owner at a time; every call blocks.
struct JournalFile: Sendable {
  private static let kind = FrameFileKind(magic: "cwjournl", version: 2, olderVersion: 1, frameBytes: 256 << 20)

  let producer: ProducerID
  private(set) var state: JournalState
  private let configuration: DiskAgentJournalConfiguration
  private let files: any FileSystem
  private let path: String
  private var file: FrameFile
  /// Acknowledgements that could not be written yet.
  private var unwritten: [JournalRecord] = []
  /// Compaction is not tried again below this size.
  private var compactionFloor = 0

  /// - Parameter freshProducer: For a folder without a journal.
  init(
    _ configuration: DiskAgentJournalConfiguration, _ files: any FileSystem, freshProducer: ProducerID
  ) throws(AgentJournalError) {
    self.configuration = configuration
    self.files = files
    path = configuration.folder + "/journal"
    var state = JournalState()
    do throws(FrameFileError) {
      try FrameFileError.translating { () throws(FileError) in try files.removeDrafts(in: configuration.folder) }
      let first = [JournalRecord.producer(freshProducer).encoded()]
      file = try FrameFile.open(path, Self.kind, files, first: first) {
        content, position, version throws(DecodingError) in
        let record = try JournalRecord(content.span, version: version)
        state.apply(record, at: position, bytes: Frame.headerBytes + content.count)
      }.file
    } catch {
      throw AgentJournalError(error)
    }
    guard let producer = state.producer else { throw .corrupt(reason: "'\(path)' does not name its producer") }
    self.producer = producer
    self.state = state
    // What is appended is of the newest format, and a build that does not know it is to be told so by the header.
    guard file.version < Self.kind.version else { return }
    do throws(FrameFileError) { try compact() } catch { throw AgentJournalError(error) }
  }

  mutating func fixPlacement(_ version: UInt32) throws(AgentJournalError) {
    if let fixed = state.placement {
      if fixed == version { return }
      throw .rejected(reason: "the placement of '\(path)' is fixed at version \(fixed), \(version) was asked for")
    }
    try write([.placement(version)])
  }

  /// All entries, or after an error none.
  mutating func append(_ entries: [JournalEntry]) throws(AgentJournalError) {
    guard !entries.isEmpty else { return }
    var next = state.nextSequences
    var bytes = 0
    for entry in entries {
      bytes += Frame.headerBytes
      for batch in entry.batches {
        guard batch.sequence >= next[batch.stream] ?? 0 else {
          throw .rejected(
            reason: "sequence \(batch.sequence) was used before in its stream: a batch is never cut twice")
        }
        next[batch.stream] = batch.sequence + 1
        bytes += batch.content.count
      }
    }
    // What is larger than the limit passes when nothing else is there.
    if state.spooledBytes > 0, state.spooledBytes + bytes > configuration.spoolBytes {
      throw .full(bytes: state.spooledBytes, limit: configuration.spoolBytes)
    }
    try write(entries.map { .entry($0) })
  }

  /// - Returns: Whether anything is in the file that a sync would make durable.
  mutating func acknowledge(_ batch: BatchName) -> Bool {
    guard state.isUnacknowledged(batch) else { return false }
    note([.acknowledged(batch)])
    return file.durableEnd < file.end
  }

  mutating func forget(_ sources: Set<SourceID>) {
    let forgettable = sources.filter { state.checkpoints[$0] != nil && !state.hasUnsettledEntries($0) }
    if !forgettable.isEmpty { note(forgettable.map { .forgotten($0) }) }
  }

  /// Makes what was acknowledged durable; a failure leaves it for the next time.
  mutating func sync() {
    do throws(FileError) { try file.sync() } catch {}
  }

  /// Entries with unacknowledged batches, oldest first, with what is left of each.
  func pending() throws(AgentJournalError) -> [JournalEntry] {
    var entries: [JournalEntry] = []
    for entry in state.unsettled where !entry.unacknowledged.isEmpty {
      do throws(FrameFileError) { entries.append(try rest(of: entry)) } catch { throw AgentJournalError(error) }
    }
    return entries
  }

  /// Writes records that need not be durable now. What cannot be written is tried again with the next call; after a crash
  /// before that a batch is sent again, a source known again.
  private mutating func note(_ records: [JournalRecord]) {
    for record in records { state.apply(record, at: 0, bytes: 0) }
    unwritten += records
    do throws(FileError) { _ = try file.append(unwritten.map { $0.encoded() }, syncs: false) } catch { return }
    unwritten.removeAll()
    compactIfDue()
  }

  /// Writes records durably, and those before them.
  private mutating func write(_ records: [JournalRecord]) throws(AgentJournalError) {
    do throws(FileError) {
      let contents = (unwritten + records).map { $0.encoded() }
      let positions = try file.append(contents, syncs: true)
      let first = unwritten.count
      unwritten.removeAll()
      for (index, record) in records.enumerated() {
        let position = positions[first + index]
        state.apply(record, at: position, bytes: Frame.headerBytes + contents[first + index].count)
      }
    } catch {
      throw AgentJournalError(error)
    }
    compactIfDue()
  }

  private func rest(of entry: JournalState.Entry) throws(FrameFileError) -> JournalEntry {
    guard let frame = try file.read(at: entry.position) else {
      throw .corrupt(reason: "'\(path)' ends before the entry at byte \(entry.position)")
    }
    do throws(DecodingError) {
      guard case .entry(let whole) = try JournalRecord(frame.content.span, version: file.version) else {
        throw DecodingError(.malformed, at: 0, "it is no entry")
      }
      let rest = whole.batches.filter {
        entry.unacknowledged.contains(BatchName(stream: $0.stream, sequence: $0.sequence))
      }
      return JournalEntry(source: whole.source, end: whole.end, batches: rest)
    } catch {
      throw .corrupt(reason: "the entry at byte \(entry.position) of '\(path)' cannot be read: \(error)")
    }
  }

  /// Writes the file anew when most of it is not needed any more. A failure leaves the old one, for a later time.
  private mutating func compactIfDue() {
    let garbage = file.end - state.spooledBytes
    guard garbage > max(configuration.compactionBytes, state.spooledBytes), file.end >= compactionFloor else { return }
    do throws(FrameFileError) {
      try compact()
      // What is left of many sources may be more than the threshold by itself: wait for as much again.
      compactionFloor = file.end + max(configuration.compactionBytes, file.end - state.spooledBytes)
    } catch {
      compactionFloor = file.end + configuration.compactionBytes
    }
  }

  private mutating func compact() throws(FrameFileError) {
    var fresh = try FrameFile.draft(of: path, Self.kind, files)
    var freshState = JournalState()
    var records: [JournalRecord] = [.producer(producer)]
    if let placement = state.placement { records.append(.placement(placement)) }
    records += state.nextSequences.map { .nextSequence($0, $1) }
    records += state.checkpoints.map { .checkpoint($0, $1) }
    try Self.write(records, to: &fresh, &freshState)
    for entry in state.unsettled {
      // A settled one that waits for those before it has no batches left, but its place.
      let rest =
        entry.unacknowledged.isEmpty
        ? JournalEntry(source: entry.source, end: entry.end, batches: []) : try rest(of: entry)
      try Self.write([.entry(rest)], to: &fresh, &freshState)
    }
    try fresh.move(to: path, files)
    (file, state) = (fresh, freshState)
    try FrameFileError.translating { () throws(FileError) in try file.syncName() }
  }

  private static func write(
    _ records: [JournalRecord], to file: inout FrameFile, _ state: inout JournalState
  ) throws(FrameFileError) {
    let contents = records.map { $0.encoded() }
    let positions: [Int]
    do throws(FileError) { positions = try file.append(contents, syncs: false) } catch { throw .file(error) }
    for (index, record) in records.enumerated() {
      state.apply(record, at: positions[index], bytes: Frame.headerBytes + contents[index].count)
    }
  }
}
