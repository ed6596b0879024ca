package import Domain

/// Copies of what the index holds of a partition, kept in the object store: what a rebuild begins with (DESIGN section 4,
/// rules 8 and 9).
package protocol PartitionSnapshots: Sendable {
  /// Writes a snapshot of the partition as it is in the index now; durable on return.
  ///
  /// Whoever commits a gap calls this before the next flush is built on it.
  func take(of partition: PartitionID) async throws(PartitionSnapshotError)
}
