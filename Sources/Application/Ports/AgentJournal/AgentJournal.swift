package import Domain

/// The agent's memory: what it read, cut and sent, so that a crash never makes it send the same events as another batch.
///
/// One process has the journal at a time. Entries and checkpoints survive `kill -9` and power loss once a call returns.
package protocol AgentJournal: Sendable {
  /// The journal's own producer id, random, the same for its life.
  var producer: ProducerID { get }

  /// The placement version that this producer began with; nil before its first contact.
  func placement() async throws(AgentJournalError) -> UInt32?

  /// Fixes the placement version. Once: a second, different one is refused.
  func fixPlacement(_ version: UInt32) async throws(AgentJournalError)

  /// The next sequence of each stream that the journal ever had a batch of.
  func nextSequences() async throws(AgentJournalError) -> [StreamID: UInt64]

  /// How far a source has been read with every batch acknowledged; nil for a source that is not known.
  func checkpoint(of source: SourceID) async throws(AgentJournalError) -> SourceCheckpoint?

  /// Entries with unacknowledged batches, oldest first, with what is left of each.
  func pending() async throws(AgentJournalError) -> [JournalEntry]

  /// Every source that has an entry or a checkpoint, in no order.
  func sources() async throws(AgentJournalError) -> [JournaledSource]

  /// Keeps entries before any of their batches is first sent: all of them, or after an error none.
  ///
  /// One sync for all. Entries of one source come in the order of their ends.
  ///
  /// - Throws: `.full` when the spool has reached its limit: read no further until batches were acknowledged.
  func append(_ entries: [JournalEntry]) async throws(AgentJournalError)

  /// Notes that a batch was acknowledged. When all of an entry's are, and those of all before it of the same source, the
  /// source's checkpoint moves past it. May be written later than other calls: after a crash the batch is sent again.
  func acknowledge(_ stream: StreamID, sequence: UInt64) async throws(AgentJournalError)

  /// Drops what is known of sources that will not come back, so that the journal stays small through years of rotation.
  ///
  /// A source with unacknowledged batches is left alone, as is one that is not known. May be written later than other
  /// calls: after a crash the source is known again.
  func forget(_ sources: Set<SourceID>) async throws(AgentJournalError)
}

extension AgentJournal {
  package func append(_ entry: JournalEntry) async throws(AgentJournalError) { try await append([entry]) }
}
