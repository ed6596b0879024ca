package import Application
package import Domain

/// The agent's memory in arrays. Acknowledgements become durable with the next entry, so that a test can lose them.
package actor InMemoryAgentJournal: AgentJournal {
  package enum Operation: Hashable, Sendable {
    case placement, fixPlacement, nextSequences, checkpoint, pending, append, acknowledge
  }

  private struct State {
    var placement: UInt32?
    var nextSequences: [StreamID: UInt64] = [:]
    var checkpoints: [SourceID: SourceCheckpoint] = [:]
    /// Oldest first. Entries that are acknowledged stay while an older one of their source is not.
    var entries: [JournalEntry] = []

    var spoolBytes: Int { entries.reduce(0) { $0 + $1.batches.reduce(0) { $0 + $1.content.count } } }
  }

  package nonisolated let producer: ProducerID
  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, AgentJournalError>(whenCancelled: nil)
  private let limitBytes: Int
  private var state = State()
  private var durable = State()

  /// - Parameter limitBytes: Content that the spool takes before it is full.
  package init(producer: ProducerID, limitBytes: Int = 64 << 20) {
    self.producer = producer
    self.limitBytes = limitBytes
  }

  package func placement() throws(AgentJournalError) -> UInt32? {
    try faults.perform(.placement) { () throws(AgentJournalError) in state.placement }
  }

  package func fixPlacement(_ version: UInt32) throws(AgentJournalError) {
    try faults.perform(.fixPlacement) { () throws(AgentJournalError) in
      guard state.placement == nil || state.placement == version else {
        throw .rejected(reason: "the journal has a placement version already, and it is another than \(version)")
      }
      state.placement = version
      durable = state
    }
  }

  package func nextSequences() throws(AgentJournalError) -> [StreamID: UInt64] {
    try faults.perform(.nextSequences) { () throws(AgentJournalError) in state.nextSequences }
  }

  package func checkpoint(of source: SourceID) throws(AgentJournalError) -> SourceCheckpoint? {
    try faults.perform(.checkpoint) { () throws(AgentJournalError) in state.checkpoints[source] }
  }

  package func pending() throws(AgentJournalError) -> [JournalEntry] {
    try faults.perform(.pending) { () throws(AgentJournalError) in state.entries.filter { !$0.batches.isEmpty } }
  }

  package func append(_ entry: JournalEntry) throws(AgentJournalError) {
    try faults.perform(.append) { () throws(AgentJournalError) in
      for batch in entry.batches where batch.sequence < state.nextSequences[batch.stream, default: 0] {
        throw .rejected(reason: "sequence \(batch.sequence) of stream '\(batch.stream)' was used before")
      }
      let bytes = state.spoolBytes + entry.batches.reduce(0) { $0 + $1.content.count }
      guard bytes <= limitBytes else { throw .full(bytes: bytes, limit: limitBytes) }
      for batch in entry.batches { state.nextSequences[batch.stream] = batch.sequence + 1 }
      state.entries.append(entry)
      passCheckpoints()
      durable = state
    }
  }

  package func acknowledge(_ stream: StreamID, sequence: UInt64) throws(AgentJournalError) {
    try faults.perform(.acknowledge) { () throws(AgentJournalError) in
      state.entries = state.entries.map { entry in
        let rest = entry.batches.filter { $0.stream != stream || $0.sequence != sequence }
        return JournalEntry(source: entry.source, end: entry.end, batches: rest)
      }
      passCheckpoints()
    }
  }

  /// Loses the acknowledgements since the last entry or `sync`, as a crash does: their batches are pending again.
  package func crash() { state = durable }

  /// Makes the acknowledgements so far durable.
  package func sync() { durable = state }

  /// Moves each source's checkpoint past its oldest entries that have nothing left.
  private func passCheckpoints() {
    var blocked: Set<SourceID> = []
    var kept: [JournalEntry] = []
    for entry in state.entries {
      if entry.batches.isEmpty, !blocked.contains(entry.source) {
        state.checkpoints[entry.source] = entry.end
      } else {
        blocked.insert(entry.source)
        kept.append(entry)
      }
    }
    state.entries = kept
  }
}
