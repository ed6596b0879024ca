import Application
import Domain

/// What the journal knows without reading its file: everything but the batches' contents. A plain state machine, fed with the
/// records of the file in order.
struct JournalState: Sendable {
  /// An entry that is not settled: it has unacknowledged batches, or one before it of the same source has.
  struct Entry: Sendable {
    let source: SourceID
    let end: SourceCheckpoint
    /// Where its frame lies in the file.
    let position: Int
    /// Bytes of its frame.
    let bytes: Int
    var unacknowledged: Set<BatchName>
  }

  private(set) var producer: ProducerID?
  private(set) var placement: UInt32?
  private(set) var nextSequences: [StreamID: UInt64] = [:]
  private(set) var checkpoints: [SourceID: SourceCheckpoint] = [:]
  /// Bytes of the frames of entries with unacknowledged batches.
  private(set) var spooledBytes = 0

  /// By the order in which they came.
  private var entries: [UInt64: Entry] = [:]
  private var nextEntry: UInt64 = 0
  private var entryOfBatch: [BatchName: UInt64] = [:]
  /// The unsettled entries of each source, oldest first.
  private var entriesOfSource: [SourceID: [UInt64]] = [:]

  /// Unsettled entries, oldest first.
  var unsettled: [Entry] { entries.sorted { $0.key < $1.key }.map(\.value) }

  mutating func apply(_ record: JournalRecord, at position: Int, bytes: Int) {
    switch record {
    case .producer(let producer): self.producer = producer
    case .placement(let version): placement = version
    case .checkpoint(let source, let checkpoint): checkpoints[source] = checkpoint
    case .nextSequence(let stream, let sequence): nextSequences[stream] = max(sequence, nextSequences[stream] ?? 0)
    case .entry(let entry): add(entry, position, bytes)
    case .acknowledged(let batch): acknowledge(batch)
    case .forgotten(let source): if !hasUnsettledEntries(source) { checkpoints[source] = nil }
    }
  }

  /// Every source with an entry or a checkpoint.
  var sources: [JournaledSource] {
    var sources: [JournaledSource] = []
    for (source, checkpoint) in checkpoints where !hasUnsettledEntries(source) {
      sources.append(JournaledSource(id: source, end: checkpoint, isSettled: true))
    }
    for (source, ids) in entriesOfSource {
      guard let newest = ids.last, let entry = entries[newest] else { continue }
      sources.append(JournaledSource(id: source, end: entry.end, isSettled: false))
    }
    return sources
  }

  func hasUnsettledEntries(_ source: SourceID) -> Bool { entriesOfSource[source] != nil }

  func isUnacknowledged(_ batch: BatchName) -> Bool { entryOfBatch[batch] != nil }

  private mutating func add(_ entry: JournalEntry, _ position: Int, _ bytes: Int) {
    let names = entry.batches.map { BatchName(stream: $0.stream, sequence: $0.sequence) }
    let id = nextEntry
    nextEntry += 1
    entries[id] = Entry(
      source: entry.source, end: entry.end, position: position, bytes: bytes, unacknowledged: Set(names))
    entriesOfSource[entry.source, default: []].append(id)
    for name in names {
      entryOfBatch[name] = id
      nextSequences[name.stream] = max(name.sequence + 1, nextSequences[name.stream] ?? 0)
    }
    if names.isEmpty { settle(entry.source) } else { spooledBytes += bytes }
  }

  private mutating func acknowledge(_ batch: BatchName) {
    guard let id = entryOfBatch.removeValue(forKey: batch), var entry = entries[id] else { return }
    entry.unacknowledged.remove(batch)
    entries[id] = entry
    guard entry.unacknowledged.isEmpty else { return }
    spooledBytes -= entry.bytes
    settle(entry.source)
  }

  /// Moves the source's checkpoint past its oldest entries that are acknowledged.
  private mutating func settle(_ source: SourceID) {
    let ids = entriesOfSource[source] ?? []
    let settled = ids.prefix { entries[$0]?.unacknowledged.isEmpty ?? true }
    for id in settled {
      if let entry = entries.removeValue(forKey: id) { checkpoints[source] = entry.end }
    }
    let rest = Array(ids.dropFirst(settled.count))
    entriesOfSource[source] = rest.isEmpty ? nil : rest
  }
}
