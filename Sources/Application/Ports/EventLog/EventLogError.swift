package import Domain

/// Why the log did not do what was asked.
package enum EventLogError: Error, Sendable {
  case unknownPartition(PartitionID)
  /// Read below the start (retention took it) or beyond the end (another log than the one asked for).
  case outOfRange(offset: UInt64, start: UInt64, end: UInt64)
  /// The log is behind or has no space: nothing was appended. Ask again after the time given.
  case full(retryAfter: Duration, reason: String)
  /// The outcome is not known: the record may have been appended.
  case unavailable(retryAfter: Duration, reason: String)
  /// What is stored from `offset` up to, not including, `next` is not what was written; reading can go on at `next`.
  case corrupt(partition: PartitionID, offset: UInt64, next: UInt64, reason: String)
  /// The log is an older copy of itself, and nothing was appended: only an operator can help.
  case setBack(LogSetback)
  /// A record that the log can never take, such as one above its size limit.
  case rejected(reason: String)
  case closed
  case cancelled
}

extension EventLogError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownPartition(let partition): "there is no partition \(partition)"
    case .outOfRange(let offset, let start, let end): "it has offsets \(start) up to \(end), and not \(offset)"
    case .full(_, let reason), .unavailable(_, let reason), .rejected(let reason): reason
    case .corrupt(let partition, let offset, let next, let reason):
      "partition \(partition) is damaged at offsets \(offset) up to \(next): \(reason)"
    case .setBack(let setback): setback.description
    case .closed: "it is closed"
    case .cancelled: "cancelled"
    }
  }
}
