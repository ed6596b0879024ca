/// Why the directory did not answer: what it said before may still be tried.
package enum ProcessorDirectoryError: Error, Sendable {
  case unavailable(reason: String)
  case cancelled
}

extension ProcessorDirectoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unavailable(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
