package import Application
package import Domain

/// The agent's memory in arrays. Acknowledgements become durable with the next entry, so that a test can lose them.
package actor InMemoryAgentJournal: AgentJournal {
  package enum Operation: Hashable, Sendable {
    case placement, fixPlacement, nextSequences, checkpoint, pending, sources, append, acknowledge, forget
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

  package func sources() throws(AgentJournalError) -> [JournaledSource] {
    try faults.perform(.sources) { () throws(AgentJournalError) in
      var ends: [SourceID: JournaledSource] = [:]
      for (id, end) in state.checkpoints { ends[id] = JournaledSource(id: id, end: end, isSettled: true) }
      for entry in state.entries {
        ends[entry.source] = JournaledSource(id: entry.source, end: entry.end, isSettled: false)
      }
      return Array(ends.values)
    }
  }

  package func append(_ entries: [JournalEntry]) throws(AgentJournalError) {
    try faults.perform(.append) { () throws(AgentJournalError) in
      var next = state
      for entry in entries {
        for batch in entry.batches {
          guard batch.sequence >= next.nextSequences[batch.stream, default: 0] else {
            throw .rejected(reason: "sequence \(batch.sequence) of stream '\(batch.stream)' was used before")
          }
          next.nextSequences[batch.stream] = batch.sequence + 1
        }
        next.entries.append(entry)
      }
      guard next.spoolBytes <= limitBytes else { throw .full(bytes: next.spoolBytes, limit: limitBytes) }
      state = next
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

  package func forget(_ sources: Set<SourceID>) throws(AgentJournalError) {
    try faults.perform(.forget) { () throws(AgentJournalError) in
      let unsettled = Set(state.entries.map(\.source))
      for source in sources.subtracting(unsettled) { state.checkpoints[source] = nil }
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
