package import Domain

/// Runs `work`, the owning of a partition, and returns once it has; meanwhile questions about the partition go to the source.
package typealias PartitionHolding =
  @Sendable (
    _ partition: PartitionID, _ source: any RecentEventsSource, _ work: @Sendable () async -> Void
  ) async -> Void
