package import Domain

/// What an operator does about the index: what `cordwood index` and the admin endpoints call.
package protocol IndexOperations: Sendable {
  /// Writes the first generation marker.
  ///
  /// - Parameter discarding: Also where there are objects, or an index without a marker: all that they hold is then no
  ///   longer found, until a rebuild.
  /// - Returns: The marker.
  /// - Throws: `.alreadyInitialised` if the index has one; `.notEmpty` where there is something to lose.
  func initialise(discarding: Bool) async throws(IndexOperationError) -> Generation

  /// Makes the index again from snapshots and objects, in the place of what it holds, and switches to it in one step.
  ///
  /// Meanwhile nothing is flushed and no answer is complete; cancelling leaves it at that until the next one.
  ///
  /// - Parameter progress: Is told now and then how far it is; it goes on when that returns.
  /// - Throws: `.underWay` if one is under way already.
  func rebuild(
    progress: @escaping @Sendable (RebuildProgress) async -> Void
  ) async throws(IndexOperationError) -> RebuildReport

  /// Goes on with logs that took the place of those that the index knows (DESIGN section 4, rule 7): for each partition that
  /// stands still for it, what the old log still had becomes a gap. What is stored stays, and the windows too, so that
  /// batches that are sent again are not stored twice.
  ///
  /// - Parameter partition: Nil for all of them. Those whose log is the one that the index knows are left as they are.
  /// - Returns: What was changed; empty if nothing had to be.
  /// - Throws: `.rejected` for a partition that there is not, an index without a marker, and a log that was set back to an
  ///   older copy of itself.
  func beginEpoch(of partition: PartitionID?) async throws(IndexOperationError) -> [EpochChange]
}
