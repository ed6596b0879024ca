import Application
import Domain

/// Operations on an index that is not to be touched.
struct NoIndex: IndexOperations {
  func initialise(discarding: Bool) async throws(IndexOperationError) -> Generation {
    throw .notEmpty(reason: "there are objects")
  }

  func rebuild(
    progress: @escaping @Sendable (RebuildProgress) async -> Void
  ) async throws(IndexOperationError) -> RebuildReport {
    throw .underWay
  }

  func beginEpoch(of partition: PartitionID?) async throws(IndexOperationError) -> [EpochChange] {
    throw .rejected(reason: "there is no partition 7")
  }
}
