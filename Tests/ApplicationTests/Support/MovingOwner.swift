import Application
import Domain

/// Recent events of a partition that is on its way to the owner: nobody answers before it has arrived.
actor MovingOwner<Source: RecentEventsSource>: RecentEvents {
  private let source: Source
  private var hasArrived = false
  /// How many questions it still refuses before it arrives by itself; nil: it is told.
  private var refusals: Int?

  init(_ source: Source, refusing refusals: Int? = nil) {
    self.source = source
    self.refusals = refusals
  }

  func arrive() { hasArrived = true }

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    if let left = refusals {
      hasArrived = left == 0
      refusals = max(0, left - 1)
    }
    guard hasArrived else { throw .noOwner(partition) }
    return try await source.recent(
      in: partition, tenant: tenant, service: service, range: range, patience: patience)
  }
}
