package import Domain

/// Why the store did not do what was asked. Cases say what the caller can do.
package enum ObjectStoreError: Error, Sendable {
  case notFound(ObjectKey)
  case alreadyExists(ObjectKey)
  case tooLarge(ObjectKey, bytes: Int, limit: Int)
  case rangeNotSatisfiable(ObjectKey, size: Int)
  /// Ask again; a write may have happened.
  case unavailable(retryAfter: Duration?, reason: String)
  /// No space: nothing was written. Ask again when there is.
  case full(reason: String)
  /// Asking again will not help: permission, configuration.
  case rejected(reason: String)
  case cancelled
}

extension ObjectStoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound(let key): "there is no object '\(key)'"
    case .alreadyExists(let key): "there is an object '\(key)' already"
    case .tooLarge(let key, let bytes, let limit): "object '\(key)' has \(bytes) bytes, \(limit) are allowed"
    case .rangeNotSatisfiable(let key, let size): "object '\(key)' has \(size) bytes, and others were asked for"
    case .unavailable(_, let reason), .full(let reason), .rejected(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
