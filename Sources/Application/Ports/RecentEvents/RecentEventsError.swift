package import Domain

/// Why there is no answer about recent events.
package enum RecentEventsError: Error, Sendable {
  /// Nobody owns the partition: it is moving, or its owner stopped.
  case noOwner(PartitionID)
  /// The owner cannot go on until an operator acts.
  case stopped(PartitionID, reason: String)
  case unavailable(reason: String)
  case cancelled
}

extension RecentEventsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noOwner(let partition): "partition \(partition) has no owner yet"
    case .stopped(let partition, let reason): "partition \(partition) stopped: \(reason)"
    case .unavailable(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
