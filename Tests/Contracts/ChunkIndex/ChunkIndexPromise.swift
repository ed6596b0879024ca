package import Application

/// What every `ChunkIndex` promises. Each promise is checked on a fresh index that was not initialised.
///
/// Left open on purpose: which refusal is reported when several apply; whether a commit of a cancelled task is done or
/// not (it is never half done); the order of the chunks of a look-up.
package enum ChunkIndexPromise: String, CaseIterable, Sendable {
  // The generation
  case isEmptyAtFirst
  case initialisesOnce
  case refusesCommitWithoutGeneration
  case refusesCommitOfAnotherGeneration
  // Commits
  case readsBackWhatWasCommitted
  case takesEmptyCommit
  case takesLargeCommit
  case keepsExtremeNumbers
  case secondCommitOnOneParentChangesNothing
  case namesTheHeadToTheLoser
  case refusesAnotherWatermark
  case refusesAnotherEpoch
  case startsPartitionAtNothing
  case refusesOldFlush
  case takesFlushWithinTheAge
  case keepsPartitionsApart
  case listsObjectsInCommitOrder
  // Gaps
  case keepsGaps
  case beginsWithGap
  case startsAnewWithAnotherEpoch
  case refusesGapOfTheLoser
  // Look-ups
  case findsWhatOverlapsTheRange
  case findsLongAndShortSpansAlike
  case findsByService
  case keepsTenantsApart
  case keepsUnusualNames
  case listsServicesSorted
  // Windows
  case foldsWindowsOverCommits
  case startsWindowsAnew
  case keepsRefusedWindowsAlive
  case dropsExpiredWindows
  // Dead letters
  case knowsCommittedDeadLetters
  case keepsDeadLettersApart
  // Concurrency
  case oneOfManyConcurrentCommitsWins
  case showsWatermarkAndChunksTogether
  case cancelledCommitIsNeverHalfDone
  // Snapshots
  case countsCommits
  case refusesSnapshotWithoutGeneration
  case snapshotsHoldEverything
  case snapshotsAreOfOneMoment
  // Rebuilds
  case rebuildTakesTheMarkerAway
  case stagedIsUnseen
  case rebuildReplacesEverything
  case rebuildGivesBackASnapshot
  case lineageGoesOnAfterRebuild
  case onlyTheLastRebuildCounts
  // Persistence
  case keepsEverythingWhenReopened
  case keepsRebuildWhenReopened

  /// Checks the promise, recording an issue where it is broken.
  ///
  /// - Parameters:
  ///   - index: Fresh: nothing was ever done to it.
  ///   - reopening: Gives another index on what the given one has stored; nil for an adapter that does not persist.
  package func check<Index: ChunkIndex>(
    on index: Index, reopening: (@Sendable (Index) async throws -> Index)? = nil
  ) async throws {
    switch self {
    case .isEmptyAtFirst: try await checkIsEmptyAtFirst(index)
    case .initialisesOnce: try await checkInitialisesOnce(index)
    case .refusesCommitWithoutGeneration: try await checkRefusesCommitWithoutGeneration(index)
    case .refusesCommitOfAnotherGeneration: try await checkRefusesCommitOfAnotherGeneration(index)
    case .readsBackWhatWasCommitted: try await checkReadsBackWhatWasCommitted(index)
    case .takesEmptyCommit: try await checkTakesEmptyCommit(index)
    case .takesLargeCommit: try await checkTakesLargeCommit(index)
    case .keepsExtremeNumbers: try await checkKeepsExtremeNumbers(index)
    case .secondCommitOnOneParentChangesNothing: try await checkSecondCommitOnOneParentChangesNothing(index)
    case .namesTheHeadToTheLoser: try await checkNamesTheHeadToTheLoser(index)
    case .refusesAnotherWatermark: try await checkRefusesAnotherWatermark(index)
    case .refusesAnotherEpoch: try await checkRefusesAnotherEpoch(index)
    case .startsPartitionAtNothing: try await checkStartsPartitionAtNothing(index)
    case .refusesOldFlush: try await checkRefusesOldFlush(index)
    case .takesFlushWithinTheAge: try await checkTakesFlushWithinTheAge(index)
    case .keepsPartitionsApart: try await checkKeepsPartitionsApart(index)
    case .listsObjectsInCommitOrder: try await checkListsObjectsInCommitOrder(index)
    case .keepsGaps: try await checkKeepsGaps(index)
    case .beginsWithGap: try await checkBeginsWithGap(index)
    case .startsAnewWithAnotherEpoch: try await checkStartsAnewWithAnotherEpoch(index)
    case .refusesGapOfTheLoser: try await checkRefusesGapOfTheLoser(index)
    case .findsWhatOverlapsTheRange: try await checkFindsWhatOverlapsTheRange(index)
    case .findsLongAndShortSpansAlike: try await checkFindsLongAndShortSpansAlike(index)
    case .findsByService: try await checkFindsByService(index)
    case .keepsTenantsApart: try await checkKeepsTenantsApart(index)
    case .keepsUnusualNames: try await checkKeepsUnusualNames(index)
    case .listsServicesSorted: try await checkListsServicesSorted(index)
    case .foldsWindowsOverCommits: try await checkFoldsWindowsOverCommits(index)
    case .startsWindowsAnew: try await checkStartsWindowsAnew(index)
    case .keepsRefusedWindowsAlive: try await checkKeepsRefusedWindowsAlive(index)
    case .dropsExpiredWindows: try await checkDropsExpiredWindows(index)
    case .knowsCommittedDeadLetters: try await checkKnowsCommittedDeadLetters(index)
    case .keepsDeadLettersApart: try await checkKeepsDeadLettersApart(index)
    case .oneOfManyConcurrentCommitsWins: try await checkOneOfManyConcurrentCommitsWins(index)
    case .showsWatermarkAndChunksTogether: try await checkShowsWatermarkAndChunksTogether(index)
    case .cancelledCommitIsNeverHalfDone: try await checkCancelledCommitIsNeverHalfDone(index)
    case .countsCommits: try await checkCountsCommits(index)
    case .refusesSnapshotWithoutGeneration: try await checkRefusesSnapshotWithoutGeneration(index)
    case .snapshotsHoldEverything: try await checkSnapshotsHoldEverything(index)
    case .snapshotsAreOfOneMoment: try await checkSnapshotsAreOfOneMoment(index)
    case .rebuildTakesTheMarkerAway: try await checkRebuildTakesTheMarkerAway(index)
    case .stagedIsUnseen: try await checkStagedIsUnseen(index)
    case .rebuildReplacesEverything: try await checkRebuildReplacesEverything(index)
    case .rebuildGivesBackASnapshot: try await checkRebuildGivesBackASnapshot(index)
    case .lineageGoesOnAfterRebuild: try await checkLineageGoesOnAfterRebuild(index)
    case .onlyTheLastRebuildCounts: try await checkOnlyTheLastRebuildCounts(index)
    case .keepsEverythingWhenReopened:
      if let reopening { try await checkKeepsEverythingWhenReopened(index, reopening) }
    case .keepsRebuildWhenReopened:
      if let reopening { try await checkKeepsRebuildWhenReopened(index, reopening) }
    }
  }
}
