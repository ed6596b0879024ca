import Application
import Domain
import InProcessAdapter
import RecentEventsContract

/// Owners of partitions in this process.
actor InProcessRecentEventsSetup: RecentEventsSetup {
  private let carrier = InProcessRecentEvents()
  private var registrations: [PartitionID: InProcessRecentEvents.Registration] = [:]

  nonisolated var recentEvents: any RecentEvents { carrier }

  func own(_ partition: PartitionID, by source: any RecentEventsSource) {
    registrations[partition] = carrier.register(source, for: partition)
  }

  func disown(_ partition: PartitionID) {
    if let registration = registrations.removeValue(forKey: partition) { carrier.deregister(registration) }
  }
}
