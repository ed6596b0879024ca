package import Application
package import Domain

/// The ownership of a process that has the log to itself: every partition, from the beginning to the end.
package struct EveryPartition: PartitionOwnership {
  private let partitions: [PartitionID]

  package init(_ partitions: [PartitionID]) { self.partitions = partitions }

  package func own(
    _ session: @escaping @Sendable (PartitionID) async -> Void
  ) async throws(PartitionOwnershipError) {
    if Task.isCancelled { return }
    await withTaskGroup { group in
      for partition in partitions { group.addTask { await session(partition) } }
      group.addTask { await Self.waitForCancellation() }
      await group.waitForAll()
    }
  }

  private static func waitForCancellation() async {
    // Nothing comes, and iterating ends with the task.
    let (nothing, continuation) = AsyncStream.makeStream(of: Never.self)
    for await _ in nothing {}
    continuation.finish()
  }
}
