package import Domain

/// Which partitions this process owns, out of all that share a log.
///
/// An owner is the one that reads a partition and commits what it read. Two may believe for a while that they own the same
/// one: the index's compare-and-set makes that harmless, this port makes it rare.
package protocol PartitionOwnership: Sendable {
  /// Runs `session` for every partition that this process is given, from when it is given until it is taken away.
  ///
  /// A session's task is cancelled when its partition is taken away. The partition goes to somebody else only once the session
  /// has returned, or after the adapter's revocation time-out. A session that returns by itself is not begun again.
  /// Returns once the calling task is cancelled and every session has returned; the partitions are then given back, so
  /// that others need not wait for this process to be missed (unless the adapter is set to keep them for a restart).
  ///
  /// - Throws: `.rejected` when asking again will not help. What passes (a broker that is away) is waited out and told through
  ///   telemetry; sessions go on meanwhile.
  func own(
    _ session: @escaping @Sendable (PartitionID) async -> Void
  ) async throws(PartitionOwnershipError)
}
