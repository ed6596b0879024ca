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
