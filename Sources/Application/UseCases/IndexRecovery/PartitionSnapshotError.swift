/// Why there is no new snapshot.
package enum PartitionSnapshotError: Error, Sendable {
  /// Ask again: index or object store is away, or the index is not whole just now.
  case unavailable(reason: String)
  /// Asking again will not help until an operator acts.
  case rejected(reason: String)
  case cancelled
}
