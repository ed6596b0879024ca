import AgentJournalContract
import Application
import Domain

/// A journal in memory that breaks one promise, or none. Opening it again gives the same one.
actor FlawedAgentJournal: AgentJournal {
  nonisolated let producer: ProducerID
  private let flaw: AgentJournalPromise?
  private var version: UInt32?
  private var sequences: [StreamID: UInt64] = [:]
  private var checkpoints: [SourceID: SourceCheckpoint] = [:]
  private var entries: [JournalEntry] = []

  init(breaking flaw: AgentJournalPromise?) {
    self.flaw = flaw
    producer = ProducerID(Identifier128(high: 0, low: flaw == .keepsItsProducer ? 0 : 1))
    if flaw == .knowsNothingAtFirst { version = 0 }
  }

  func placement() async throws(AgentJournalError) -> UInt32? { version }

  func fixPlacement(_ version: UInt32) async throws(AgentJournalError) {
    if let fixed = self.version, fixed != version, flaw != .fixesThePlacementOnce { throw .rejected(reason: "fixed") }
    self.version = version
  }

  func nextSequences() async throws(AgentJournalError) -> [StreamID: UInt64] {
    guard flaw == .sequencesOutliveTheirBatches else { return sequences }
    let streams = Set(entries.flatMap(\.batches).map(\.stream))
    return sequences.filter { streams.contains($0.key) }
  }

  func checkpoint(of source: SourceID) async throws(AgentJournalError) -> SourceCheckpoint? {
    flaw == .keepsSourcesApart ? checkpoints.values.first : checkpoints[source]
  }

  func pending() async throws(AgentJournalError) -> [JournalEntry] {
    let pending = entries.filter { !$0.batches.isEmpty }
    return flaw == .showsPendingOldestFirst ? pending.reversed() : pending
  }

  func sources() async throws(AgentJournalError) -> [JournaledSource] {
    var sources: [SourceID: JournaledSource] = [:]
    for (id, end) in checkpoints { sources[id] = JournaledSource(id: id, end: end, isSettled: true) }
    for entry in entries {
      // A wrong one takes the oldest that is not acknowledged for the newest.
      if flaw == .listsItsSources, sources[entry.source]?.isSettled == false { continue }
      sources[entry.source] = JournaledSource(id: entry.source, end: entry.end, isSettled: false)
    }
    return Array(sources.values)
  }

  func append(_ entries: [JournalEntry]) async throws(AgentJournalError) {
    for entry in flaw == .keepsSeveralEntriesAtOnce ? entries.suffix(1) : entries[...] { keep(entry) }
  }

  func forget(_ sources: Set<SourceID>) async throws(AgentJournalError) {
    let unsettled = flaw == .forgetsSourcesThatAreSettled ? [] : Set(entries.map(\.source))
    for source in sources.subtracting(unsettled) {
      checkpoints[source] = nil
      entries.removeAll { $0.source == source }
    }
  }

  private func keep(_ entry: JournalEntry) {
    let batches = entry.batches.map { batch in
      let isCut = flaw == .keepsLargeContents && batch.content.count > 1_000_000
      let isAltered = flaw == .keepsEntriesAsTheyAre
      return JournaledBatch(
        stream: batch.stream, sequence: batch.sequence, eventCount: batch.eventCount,
        content: isCut ? [] : batch.content,
        firstSent: isAltered ? .epoch : batch.firstSent)
    }
    for batch in batches { sequences[batch.stream] = max(batch.sequence + 1, sequences[batch.stream] ?? 0) }
    let end =
      flaw == .keepsCursors
      ? SourceCheckpoint(offset: entry.end.offset, checksum: entry.end.checksum) : entry.end
    entries.append(JournalEntry(source: entry.source, end: end, batches: batches))
    if flaw != .entryWithoutBatchesMovesTheCheckpoint || !batches.isEmpty { settle(entry.source) }
  }

  func acknowledge(_ stream: StreamID, sequence: UInt64) async throws(AgentJournalError) {
    if flaw == .forgetsAcknowledgedEntries { return }
    for (index, entry) in entries.enumerated() {
      let rest = entry.batches.filter { batch in
        if flaw == .ignoresUnknownAcknowledgements, batch.stream == stream { return false }
        return batch.stream != stream || batch.sequence != sequence
      }
      if rest.count == entry.batches.count { continue }
      let isHidden = flaw == .showsWhatIsLeftOfAnEntry && !rest.isEmpty
      entries[index] = JournalEntry(source: entry.source, end: entry.end, batches: isHidden ? entry.batches : rest)
      if flaw == .movesTheCheckpointWhenAllIsAcknowledged { checkpoints[entry.source] = entry.end }
      if flaw == .checkpointWaitsForEarlierEntries, rest.isEmpty { checkpoints[entry.source] = entry.end }
      settle(entry.source)
    }
  }

  /// Moves the checkpoint past the oldest entries of a source that have no batches left.
  private func settle(_ source: SourceID) {
    while let index = entries.firstIndex(where: { $0.source == source }), entries[index].batches.isEmpty {
      checkpoints[source] = entries.remove(at: index).end
    }
  }
}
