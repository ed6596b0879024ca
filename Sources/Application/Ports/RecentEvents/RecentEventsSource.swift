package import Domain

/// What the owner of a partition answers about the events it has in hand: implemented by the processor's use case, asked
/// by whoever carries `RecentEvents` to it.
package protocol RecentEventsSource: Sendable {
  /// The same question and answer as `RecentEvents.recent`.
  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer
}
