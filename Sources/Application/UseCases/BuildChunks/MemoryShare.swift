package import Domain

/// What the partitions of a process hold in memory together; the largest gives way first.
package actor MemoryShare {
  private let limit: Int
  private var held: [PartitionID: Int] = [:]

  /// - Parameter limit: Bytes of open records of all partitions.
  package init(limit: Int) { self.limit = limit }

  /// Notes what `partition` holds.
  ///
  /// - Returns: Whether it should flush: too much is held, and no other partition holds more.
  package func report(_ partition: PartitionID, holds bytes: Int) -> Bool {
    held[partition] = bytes
    let total = held.values.reduce(0, +)
    return total > limit && bytes > 0 && bytes >= (held.values.max() ?? 0)
  }
}
