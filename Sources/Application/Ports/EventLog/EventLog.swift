package import Domain

/// The partitioned, durable log between ingestors and processors.
///
/// Records of a partition have offsets that count from 0 without holes and never change; a record is read as it was
/// appended, in the order of its offset. Only what is durable is ever read.
package protocol EventLog: Sendable {
  /// The placements that the log ever had, oldest first, versions 0, 1, 2 …; the last is the one for new producers.
  ///
  /// Never empty. The list outlives index and restart.
  func placements() async throws(EventLogError) -> [Placement]

  /// Appends one record and returns once it is durable.
  ///
  /// Many calls may be under way at once; they share one flush of the device (group commit). Calls of one task keep
  /// their order; those of several have any.
  ///
  /// - Throws: `.unavailable` means that it may or may not have been appended: the sender sends it again.
  func append(_ record: EncodedRecord, to partition: PartitionID) async throws(EventLogError) -> LogPosition

  /// Reads records from `offset` on.
  ///
  /// Waits up to `patience` while there is none, and returns an empty slice if none came.
  ///
  /// - Parameter limit: Stop before the records' bytes exceed it; at least one record is returned if there is one.
  /// - Throws: `.outOfRange` if `offset` is below the log's start or beyond its end.
  func read(
    _ partition: PartitionID, from offset: UInt64, limit bytes: Int, patience: Duration
  ) async throws(EventLogError) -> LogSlice

  /// Gives up what nobody needs to read any more: the log may free the space of records below `offset`.
  ///
  /// A permission, which the log uses in its own units and within its own settings: the start afterwards is at most
  /// `offset` and may be well below it. It never moves back. Cheap when there is nothing to free, so that an owner may call
  /// it after each commit. Nothing is freed beyond the durable end.
  func trim(_ partition: PartitionID, below offset: UInt64) async throws(EventLogError)

  /// Says what is known of a partition from elsewhere: of `epoch`, everything below `end` was durable once. Said before the
  /// first append after a start, and by the owner; the newest word counts.
  ///
  /// A log of that epoch that ends below is an older copy of itself: what it took now would have offsets that are taken, and
  /// nobody would read it. So it refuses appends, with the same error, until `end` is said to be no higher than its own. What
  /// it has can be read. A log that can tell that it lost its end to damage moves it to `end` instead, and reads there are
  /// `.corrupt`. A log of another epoch takes appends.
  ///
  /// - Throws: `.setBack` if the log is an older copy.
  func expect(_ partition: PartitionID, reaches end: UInt64, in epoch: LogEpoch) async throws(EventLogError)

  /// The epoch, and where the durable part of the partition begins and ends.
  func bounds(of partition: PartitionID) async throws(EventLogError) -> LogBounds
}

extension EventLog {
  /// Every partition that any placement names.
  package func partitions() async throws(EventLogError) -> [PartitionID] {
    let count = try await placements().map(\.partitions).max() ?? 0
    return (0..<count).map { PartitionID($0) }
  }
}
