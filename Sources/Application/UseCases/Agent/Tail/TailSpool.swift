import Domain

/// What is in the journal and not acknowledged: how much, and of which sources.
struct TailSpool: Sendable {
  private struct Key: Hashable {
    let stream: StreamID
    let sequence: UInt64
  }

  private var sources: [Key: SourceID] = [:]
  private var batches: [SourceID: Int] = [:]
  private(set) var bytes = 0

  mutating func add(_ entry: JournalEntry) {
    for batch in entry.batches {
      sources[Key(stream: batch.stream, sequence: batch.sequence)] = entry.source
      batches[entry.source, default: 0] += 1
      bytes += batch.content.count
    }
  }

  mutating func settled(_ batch: JournaledBatch) {
    guard let source = sources.removeValue(forKey: Key(stream: batch.stream, sequence: batch.sequence)) else { return }
    bytes -= batch.content.count
    let left = (batches[source] ?? 1) - 1
    batches[source] = left > 0 ? left : nil
  }

  func isSettled(_ source: SourceID) -> Bool { batches[source] == nil }
}
