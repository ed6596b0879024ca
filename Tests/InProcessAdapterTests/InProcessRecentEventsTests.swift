import Application
import Domain
import InProcessAdapter
import Testing

@Suite("Recent events in process")
struct InProcessRecentEventsTests {
  @Test("stay with the new owner when the old one deregisters late")
  func lateDeregistration() async throws {
    let carrier = InProcessRecentEvents()
    let partition = PartitionID(3)
    let old = carrier.register(StoppedSource(), for: partition)
    let new = carrier.register(StoppedSource(), for: partition)
    carrier.deregister(old)
    let tenant = try TenantID("tenant-1")
    func ask() async -> RecentEventsError? {
      do throws(RecentEventsError) {
        _ = try await carrier.recent(in: partition, tenant: tenant, service: nil, range: .all, patience: .zero)
        return nil
      } catch { return error }
    }
    guard case .stopped = await ask() else { return #expect(Bool(false), "the new owner was not asked") }
    carrier.deregister(new)
    guard case .noOwner(partition) = await ask() else { return #expect(Bool(false), "somebody answered") }
  }
}

private struct StoppedSource: RecentEventsSource {
  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    throw .stopped(partition, reason: "for the test")
  }
}
