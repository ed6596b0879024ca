/// Why dead letters could not be kept or read.
package enum DeadLetterQueueError: Error, Sendable {
  case full(reason: String)
  case unavailable(retryAfter: Duration?, reason: String)
  case corrupt(reason: String)
  case cancelled
}

extension DeadLetterQueueError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .full(let reason), .unavailable(_, let reason), .corrupt(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
