/// Why a batch could not be delivered.
package enum BatchSinkError: Error, Sendable {
  /// Send again after the time given, if any; the outcome may be unknown.
  case unavailable(retryAfter: Duration?, reason: String)
  /// The server says that this can never be taken: an agent stops and says why.
  case rejected(reason: String)
  case cancelled
}

extension BatchSinkError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unavailable(_, let reason), .rejected(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
