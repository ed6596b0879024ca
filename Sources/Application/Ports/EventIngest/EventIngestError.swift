/// Why a batch was refused as a whole: the sender has to change something.
package enum EventIngestError: Error, Sendable {
  /// It can never be taken as it is: too large, an unknown placement.
  case rejected(reason: String)
  /// The server cannot take anything just now; the outcome may be unknown.
  case unavailable(retryAfter: Duration, reason: String)
  case shuttingDown
  case cancelled
}

extension EventIngestError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rejected(let reason), .unavailable(_, let reason): reason
    case .shuttingDown: "the server is stopping"
    case .cancelled: "cancelled"
    }
  }
}
