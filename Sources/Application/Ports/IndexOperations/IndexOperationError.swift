package import Domain

/// Why the index was not initialised or rebuilt.
package enum IndexOperationError: Error, Sendable {
  case alreadyInitialised(Generation)
  /// There are objects, or an index without a marker: initialising would lose sight of them.
  case notEmpty(reason: String)
  /// Somebody else is at it.
  case underWay
  /// Another rebuild began meanwhile, and will be the one that counts.
  case superseded
  /// Ask again: index or object store is away.
  case unavailable(reason: String)
  /// Asking again will not help.
  case rejected(reason: String)
  case cancelled
}

extension IndexOperationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .alreadyInitialised(let generation):
      "the index has its generation marker already (\(generation)): there is nothing to initialise"
    case .notEmpty(let reason): reason
    case .underWay: "a rebuild of the index is under way: wait for its end"
    case .superseded: "another rebuild of the index began meanwhile: wait for its end"
    case .unavailable(let reason), .rejected(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
