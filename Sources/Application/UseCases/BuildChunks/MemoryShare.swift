package import Domain

/// What the partitions of a process hold in memory together; those that hold their fair share or more give way.
///
/// Nobody is interrupted: a partition learns how things stand when it reports, which it does before each read. While the
/// object store is away all together hold at most twice the limit, and what each reads at once: what was held when the
/// limit was reached, and a fair share each.
package actor MemoryShare {
  private let limit: Int
  private var held: [PartitionID: Int] = [:]

  /// - Parameter limit: Bytes of open records of all partitions.
  package init(limit: Int) { self.limit = limit }

  /// Notes what `partition` holds.
  ///
  /// - Returns: Whether it should flush, and read no more until that is done.
  package func report(_ partition: PartitionID, holds bytes: Int) -> Bool {
    held[partition] = bytes
    return bytes > 0 && bytes >= limit / held.count && held.values.reduce(0, +) > limit
  }

  /// The partition is somebody else's from now on: those that are left have its share, too.
  package func forget(_ partition: PartitionID) { held[partition] = nil }
}
