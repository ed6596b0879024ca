import Application
import Domain
import InMemoryAdapter

/// A journal that breaks one of its promises, if it is told to. It remembers what it was told, so that a crash can give back
/// less than that.
actor SabotagedAgentJournal: AgentJournal {
  enum Fault: Hashable, Sendable {
    /// It keeps them all: what a test then finds is not the journal's doing.
    case nothing
    /// An entry is durable only once the next one is kept.
    case entriesAreLate
    /// A checkpoint moves past an entry before its batches are acknowledged.
    case checkpointBeforeAck
    /// After a crash what was not acknowledged is gone, and is cut anew under the same sequences.
    case cutsAnew
    /// The same, under new sequences.
    case cutsAnewBehind
  }

  private enum Note: Sendable {
    case placement(UInt32)
    case entries([JournalEntry])
    case acknowledgement(StreamID, UInt64)
    case forgotten(Set<SourceID>)
  }

  nonisolated let producer: ProducerID
  private let fault: Fault
  private let limitBytes: Int
  private var base: InMemoryAgentJournal
  private var notes: [Note] = []
  /// Whether a change is under way: the next waits, so that notes are in the order in which the base made the changes.
  private var isChanging = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// Sequences that were used, if they are not to be used again.
  private var used: [StreamID: UInt64] = [:]

  init(_ fault: Fault, producer: ProducerID, limitBytes: Int) {
    self.fault = fault
    self.producer = producer
    self.limitBytes = limitBytes
    base = InMemoryAgentJournal(producer: producer, limitBytes: limitBytes)
  }

  func placement() async throws(AgentJournalError) -> UInt32? { try await base.placement() }

  func fixPlacement(_ version: UInt32) async throws(AgentJournalError) {
    await beginChange()
    defer { endChange() }
    try await base.fixPlacement(version)
    notes.append(.placement(version))
  }

  func nextSequences() async throws(AgentJournalError) -> [StreamID: UInt64] {
    try await base.nextSequences().merging(used) { max($0, $1) }
  }

  func checkpoint(of source: SourceID) async throws(AgentJournalError) -> SourceCheckpoint? {
    try await base.checkpoint(of: source)
  }

  func pending() async throws(AgentJournalError) -> [JournalEntry] { try await base.pending() }

  func sources() async throws(AgentJournalError) -> [JournaledSource] { try await base.sources() }

  func append(_ entries: [JournalEntry]) async throws(AgentJournalError) {
    await beginChange()
    defer { endChange() }
    try await base.append(entries)
    notes.append(.entries(entries))
    guard fault == .checkpointBeforeAck else { return }
    for batch in entries.flatMap(\.batches) { try await settle(batch.stream, batch.sequence) }
  }

  func acknowledge(_ stream: StreamID, sequence: UInt64) async throws(AgentJournalError) {
    await beginChange()
    defer { endChange() }
    try await settle(stream, sequence)
  }

  private func settle(_ stream: StreamID, _ sequence: UInt64) async throws(AgentJournalError) {
    try await base.acknowledge(stream, sequence: sequence)
    notes.append(.acknowledgement(stream, sequence))
  }

  func forget(_ sources: Set<SourceID>) async throws(AgentJournalError) {
    await beginChange()
    defer { endChange() }
    try await base.forget(sources)
    notes.append(.forgotten(sources))
  }

  /// A new process finds what the fault leaves of it.
  func crash() async throws(AgentJournalError) {
    await beginChange()
    defer { endChange() }
    switch fault {
    case .nothing: break
    case .checkpointBeforeAck: return await base.crash()
    case .entriesAreLate:
      let last = notes.lastIndex { if case .entries = $0 { true } else { false } }
      notes.removeSubrange((last ?? notes.endIndex)...)
    case .cutsAnew, .cutsAnewBehind:
      if fault == .cutsAnewBehind { used = try await nextSequences() }
      let unsettled = try await base.pending().map { ($0.source, $0.end) }
      var lost: Set<SourceID> = []
      notes = notes.compactMap { note in
        guard case .entries(let entries) = note else { return note }
        return .entries(
          entries.filter { entry in
            // From the first that is not acknowledged on.
            if unsettled.contains(where: { $0 == entry.source && $1 == entry.end }) { lost.insert(entry.source) }
            return !lost.contains(entry.source)
          })
      }
    }
    base = InMemoryAgentJournal(producer: producer, limitBytes: limitBytes)
    for note in notes {
      switch note {
      case .placement(let version): try await base.fixPlacement(version)
      case .entries(let entries): try await base.append(entries)
      case .acknowledgement(let stream, let sequence): try await base.acknowledge(stream, sequence: sequence)
      case .forgotten(let sources): try await base.forget(sources)
      }
    }
  }

  private func beginChange() async {
    if isChanging { await withCheckedContinuation { waiting.append($0) } }
    isChanging = true
  }

  private func endChange() {
    if waiting.isEmpty { isChanging = false } else { waiting.removeFirst().resume() }
  }
}
