package import Application
package import Domain
import Threads

/// Carries questions about recent events to the owners of partitions in the same process. Also what a processor lets others
/// ask: the source of all the partitions that it owns.
package final class InProcessRecentEvents: RecentEvents, RecentEventsSource {
  /// One owner's hold on a partition's questions.
  package struct Registration: Hashable, Sendable {
    fileprivate let partition: PartitionID
    fileprivate let number: UInt64
  }

  private struct Owners {
    var sources: [PartitionID: (number: UInt64, source: any RecentEventsSource)] = [:]
    var lastNumber: UInt64 = 0
  }

  private let owners = Lock(Owners())

  package init() {}

  /// Sends the questions about `partition` to `source` from now on, in place of any earlier owner.
  package func register(_ source: any RecentEventsSource, for partition: PartitionID) -> Registration {
    owners.withLock { owners in
      owners.lastNumber += 1
      owners.sources[partition] = (owners.lastNumber, source)
      return Registration(partition: partition, number: owners.lastNumber)
    }
  }

  /// Ends a registration; nothing happens if another owner registered since.
  package func deregister(_ registration: Registration) {
    owners.withLock { owners in
      guard owners.sources[registration.partition]?.number == registration.number else { return }
      owners.sources[registration.partition] = nil
    }
  }

  /// Sends the questions about `partition` to `source` while `work` runs.
  package func hold(
    _ partition: PartitionID, _ source: any RecentEventsSource, _ work: @Sendable () async -> Void
  ) async {
    let registration = register(source, for: partition)
    await work()
    deregister(registration)
  }

  /// Those that somebody has registered for, sorted.
  package var partitions: [PartitionID] { owners.withLock { $0.sources.keys.sorted() } }

  package func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    if Task.isCancelled { throw .cancelled }
    guard let source = owners.withLock({ $0.sources[partition]?.source }) else { throw .noOwner(partition) }
    return try await source.recent(
      in: partition, tenant: tenant, service: service, range: range, patience: patience)
  }
}
