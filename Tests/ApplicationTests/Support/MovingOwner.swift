import Application
import Domain

/// Recent events of a partition that is on its way to the owner: nobody answers before it has arrived.
actor MovingOwner<Source: RecentEventsSource>: RecentEvents {
  private let source: Source
  private var hasArrived = false

  init(_ source: Source) { self.source = source }

  func arrive() { hasArrived = true }

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    guard hasArrived else { throw .noOwner(partition) }
    return try await source.recent(
      in: partition, tenant: tenant, service: service, range: range, patience: patience)
  }
}
