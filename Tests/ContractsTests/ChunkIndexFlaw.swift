import ChunkIndexContract

/// One way to get a chunk index wrong.
enum ChunkIndexFlaw: String, CaseIterable, Sendable {
  case seesGhosts, forgetsGeneration, initialisesTwice, commitsWithoutGeneration, ignoresGeneration
  case forgetsCommits, refusesEmptyCommits, truncatesLargeCommits, narrowsNumbers
  case letsTheLastWin, keepsTheLosersObjects, hidesTheHead, ignoresWatermark, ignoresEpoch, acceptsAnyBeginning
  case ignoresAge, isImpatient, mixesPartitions, reordersObjects
  case forgetsGaps, replacesGaps, refusesFirstGap, keepsTheOldEpoch, losesWindowsInGaps, takesAnyGap
  case looksUpClosedRanges, looksUpByFirstEvent, assumesShortSpans, ignoresService, mixesTenants, takesPlainNamesOnly
  case listsServicesBackwards, listsServicesOfWindows
  case overwritesWindows, neverStartsAnew, ignoresRefusedWindows, neverExpires, expiresEarly
  case publishesLostLetters, forgetsEventIndexes
  case countsRefusedCommits, snapshotsWithoutGeneration, snapshotsLackLetters, snapshotsInTwoSteps
  case keepsTheMarker, showsWhatIsStaged, keepsWhatWasBefore, losesGaps, restartsTheCount, finishesAnyRebuild
  case readsInTwoSteps, halfCommitsWhenCancelled, forgetsOnReopening

  /// Promises that an index with this flaw cannot keep; it may break others too.
  var broken: [ChunkIndexPromise] {
    switch self {
    case .seesGhosts: [.isEmptyAtFirst]
    case .forgetsGeneration, .initialisesTwice: [.initialisesOnce]
    case .commitsWithoutGeneration: [.refusesCommitWithoutGeneration]
    case .ignoresGeneration: [.refusesCommitOfAnotherGeneration]
    case .forgetsCommits: [.readsBackWhatWasCommitted, .takesEmptyCommit, .takesFlushWithinTheAge]
    case .refusesEmptyCommits: [.takesEmptyCommit]
    case .truncatesLargeCommits: [.takesLargeCommit]
    case .narrowsNumbers: [.keepsExtremeNumbers]
    case .letsTheLastWin: [.secondCommitOnOneParentChangesNothing, .oneOfManyConcurrentCommitsWins]
    case .keepsTheLosersObjects: [.secondCommitOnOneParentChangesNothing]
    case .hidesTheHead: [.namesTheHeadToTheLoser]
    case .ignoresWatermark: [.refusesAnotherWatermark]
    case .ignoresEpoch: [.refusesAnotherEpoch]
    case .acceptsAnyBeginning: [.startsPartitionAtNothing]
    case .ignoresAge: [.refusesOldFlush]
    case .isImpatient: [.takesFlushWithinTheAge]
    case .mixesPartitions: [.keepsPartitionsApart]
    case .reordersObjects: [.listsObjectsInCommitOrder]
    case .forgetsGaps: [.keepsGaps, .beginsWithGap, .startsAnewWithAnotherEpoch]
    case .replacesGaps: [.keepsGaps]
    case .refusesFirstGap: [.beginsWithGap]
    case .keepsTheOldEpoch, .losesWindowsInGaps: [.startsAnewWithAnotherEpoch]
    case .takesAnyGap: [.refusesGapOfTheLoser]
    case .looksUpClosedRanges: [.findsWhatOverlapsTheRange, .findsLongAndShortSpansAlike]
    case .looksUpByFirstEvent: [.findsWhatOverlapsTheRange]
    case .assumesShortSpans: [.findsLongAndShortSpansAlike]
    case .ignoresService: [.findsByService]
    case .mixesTenants: [.keepsTenantsApart]
    case .takesPlainNamesOnly: [.keepsUnusualNames]
    case .listsServicesBackwards, .listsServicesOfWindows: [.listsServicesSorted]
    case .overwritesWindows: [.foldsWindowsOverCommits]
    case .neverStartsAnew: [.startsWindowsAnew]
    case .ignoresRefusedWindows: [.keepsRefusedWindowsAlive]
    case .neverExpires: [.dropsExpiredWindows]
    case .expiresEarly: [.dropsExpiredWindows, .keepsRefusedWindowsAlive]
    case .publishesLostLetters: [.knowsCommittedDeadLetters]
    case .forgetsEventIndexes: [.keepsDeadLettersApart]
    case .readsInTwoSteps: [.showsWatermarkAndChunksTogether]
    case .halfCommitsWhenCancelled: [.cancelledCommitIsNeverHalfDone]
    case .forgetsOnReopening: [.keepsEverythingWhenReopened, .keepsRebuildWhenReopened]
    case .countsRefusedCommits: [.countsCommits]
    case .snapshotsWithoutGeneration: [.refusesSnapshotWithoutGeneration]
    case .snapshotsLackLetters: [.snapshotsHoldEverything, .rebuildReplacesEverything]
    case .snapshotsInTwoSteps: [.snapshotsAreOfOneMoment]
    case .keepsTheMarker: [.rebuildTakesTheMarkerAway]
    case .showsWhatIsStaged: [.stagedIsUnseen]
    case .keepsWhatWasBefore: [.rebuildReplacesEverything]
    case .losesGaps: [.rebuildReplacesEverything]
    case .restartsTheCount: [.lineageGoesOnAfterRebuild, .rebuildGivesBackASnapshot]
    case .finishesAnyRebuild: [.onlyTheLastRebuildCounts]
    }
  }
}
