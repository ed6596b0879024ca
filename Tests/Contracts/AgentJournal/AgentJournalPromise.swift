package import Application
import Domain
import Testing

/// What every agent's journal promises, checked on an empty one of its own that can be opened again.
///
/// Left open on purpose: whether an acknowledgement survives a restart (it may be written later; the batch is sent again);
/// likewise whether a source is still forgotten; when the spool is full; whether a batch whose sequence was used before is
/// refused.
package enum AgentJournalPromise: String, CaseIterable, Sendable {
  case keepsItsProducer
  case knowsNothingAtFirst
  case fixesThePlacementOnce
  case keepsEntriesAsTheyAre
  case showsPendingOldestFirst
  case showsWhatIsLeftOfAnEntry
  case forgetsAcknowledgedEntries
  case movesTheCheckpointWhenAllIsAcknowledged
  case checkpointWaitsForEarlierEntries
  case keepsSourcesApart
  case entryWithoutBatchesMovesTheCheckpoint
  case sequencesOutliveTheirBatches
  case ignoresUnknownAcknowledgements
  case keepsLargeContents
  case keepsSeveralEntriesAtOnce
  case listsItsSources
  case forgetsSourcesThatAreSettled
  case keepsCursors

  /// - Parameter open: Opens the journal, each time the same one; what was opened before is not used any more.
  package func check<Journal: AgentJournal>(_ open: () async throws -> Journal) async throws {
    switch self {
    case .keepsItsProducer: try await checkProducer(open)
    case .knowsNothingAtFirst: try await checkBeginning(open)
    case .fixesThePlacementOnce: try await checkPlacement(open)
    case .keepsEntriesAsTheyAre: try await checkContents(open)
    case .showsPendingOldestFirst: try await checkOrder(open)
    case .showsWhatIsLeftOfAnEntry: try await checkRest(open)
    case .forgetsAcknowledgedEntries: try await checkAcknowledgement(open)
    case .movesTheCheckpointWhenAllIsAcknowledged: try await checkCheckpoint(open)
    case .checkpointWaitsForEarlierEntries: try await checkCheckpointOrder(open)
    case .keepsSourcesApart: try await checkSources(open)
    case .entryWithoutBatchesMovesTheCheckpoint: try await checkEmptyEntries(open)
    case .sequencesOutliveTheirBatches: try await checkSequences(open)
    case .ignoresUnknownAcknowledgements: try await checkUnknownAcknowledgements(open)
    case .keepsLargeContents: try await checkSize(open)
    case .keepsSeveralEntriesAtOnce: try await checkSeveralEntries(open)
    case .listsItsSources: try await checkSources(listed: open)
    case .forgetsSourcesThatAreSettled: try await checkForgetting(open)
    case .keepsCursors: try await checkCursors(open)
    }
  }
}
