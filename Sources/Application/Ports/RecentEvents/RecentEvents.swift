package import Domain

/// Events that were read from the log and are not in committed objects yet, from whoever owns a partition.
package protocol RecentEvents: Sendable {
  /// What the owner of `partition` has in hand.
  ///
  /// The owner reads the log's end after it was asked, and answers once it consumed up to there, or when `patience` runs
  /// out with what it has.
  ///
  /// - Throws: `.noOwner` if nobody owns the partition just now.
  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer
}
