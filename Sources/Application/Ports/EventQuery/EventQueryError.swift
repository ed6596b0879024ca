/// Why there is no answer.
package enum EventQueryError: Error, Sendable {
  /// The cursor is not one of ours, or belongs to another query.
  case invalidCursor(reason: String)
  /// A value of the request is outside its range.
  case invalidRequest(field: String, reason: String)
  /// The query needs more than it may use.
  case overBudget(reason: String)
  case unavailable(reason: String)
  case cancelled
}

extension EventQueryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidCursor(let reason), .overBudget(let reason), .unavailable(let reason): reason
    case .invalidRequest(let field, let reason): "\(field): \(reason)"
    case .cancelled: "cancelled"
    }
  }
}
