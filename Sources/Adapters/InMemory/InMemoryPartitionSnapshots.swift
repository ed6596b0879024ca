package import Application
package import Domain
import Threads

/// Snapshots that are only counted, for use-case tests: which were taken, and whether they can be.
package final class InMemoryPartitionSnapshots: PartitionSnapshots {
  package enum Operation: Hashable, Sendable { case take }

  package let faults = FaultScript<Operation, PartitionSnapshotError>(whenCancelled: .cancelled)
  private let partitions = Lock<[PartitionID]>([])

  package init() {}

  package func take(of partition: PartitionID) async throws(PartitionSnapshotError) {
    try faults.perform(.take) { () throws(PartitionSnapshotError) in
      partitions.withLock { $0.append(partition) }
    }
  }

  /// The partitions of which one was taken, in that order.
  package var taken: [PartitionID] { partitions.withLock { $0 } }
}
