/// Why it is not known whether the lease is held: treat it as not held.
package enum LeaseError: Error, Sendable {
  case unavailable(reason: String)
  case cancelled
}

extension LeaseError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unavailable(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
