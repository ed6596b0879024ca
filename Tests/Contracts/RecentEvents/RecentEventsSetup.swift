package import Application
package import Domain

/// A port under test, and how partitions get an owner whom it reaches.
package protocol RecentEventsSetup: Sendable {
  var recentEvents: any RecentEvents { get }

  /// Makes `source` the owner of `partition`, in place of any other.
  func own(_ partition: PartitionID, by source: any RecentEventsSource) async throws

  /// Leaves `partition` without owner.
  func disown(_ partition: PartitionID) async throws
}
