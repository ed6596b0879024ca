extension DeliverySimulation {
  /// A rule of DESIGN section 4 (or 5) that can be taken out, to show that the checks notice.
  enum Break: String, CaseIterable {
    /// 1: after a crash a sender cuts what is not acknowledged anew, under the same sequences.
    case recutAfterCrash
    /// 4: an owner starts without the windows.
    case forgetWindows
    /// 5: commits do not compare what they were built on.
    case commitWithoutComparing
    /// 6: the owner goes on behind what the log lost, and nobody says so.
    case lossUnsaid
    /// 6: a flush is built on a gap that no snapshot holds.
    case flushBehindUnsavedGap
    /// 6: a rebuild follows flushes over a gap that its snapshot lacks.
    case rebuildOverUnknownGap
    /// 6: the log is trimmed by what was read.
    case trimUncommitted
    /// 6: the log is trimmed by what the index may still lose.
    case trimUnreplicated
    /// 7: the epoch of the log is not compared with the index's.
    case epochUnchecked
    /// 7: a new epoch is begun without a gap.
    case epochWithoutGap
    /// 7: a new epoch begins with empty windows.
    case epochForgetsWindows
    /// 8: an index that was lost passes for a new one.
    case emptyIndexPassesForWhole
    /// 8: answers from an index without its marker count as complete.
    case completeWithoutMarker
    /// 8: what an owner read without an index is merged with one that came back.
    case provisionalMerged
    /// 8: the snapshot that was written last is the newest.
    case lastWrittenSnapshot
    /// 8: the snapshot with most commits is the newest, of whatever generation.
    case snapshotByCommits
    /// 8: a snapshot holds what the index may still lose.
    case snapshotUnreplicated
    /// 8: the index keeps its marker while it is rebuilt.
    case rebuildKeepsTheMarker
    /// 9: what a rebuild follows.
    case rebuildByRanges, rebuildTakesTheFirst, rebuildWithMissingParts, rebuildWithoutWindows
    /// 5 (reading): the index is asked before the owner.
    case recentAfterIndex
    /// 5 (reading): what is recent is merged whatever gaps it stands on.
    case otherGapsMerged
    /// 5 (reading): what is recent is shown though the index has it.
    case keepRecentBelowWatermark
  }
}
