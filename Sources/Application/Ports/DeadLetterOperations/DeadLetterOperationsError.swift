/// Why an operation on dead letters was not done, or not to its end.
package enum DeadLetterOperationsError: Error, Equatable, Sendable {
  /// There is no letter of this number, or none any more, or it is not published yet.
  case notFound(number: UInt64)
  /// The request cannot be meant.
  case invalidRequest(field: String, reason: String)
  /// It must not be done, or not as things are; the reason says what to do first.
  case refused(reason: String)
  /// What was done until then is kept; the same call again goes on.
  case unavailable(reason: String)
  /// What is stored cannot be read.
  case corrupt(reason: String)
  case cancelled
}

extension DeadLetterOperationsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound(let number): "there is no dead letter \(number)"
    case .invalidRequest(let field, let reason): "\(field): \(reason)"
    case .refused(let reason), .unavailable(let reason), .corrupt(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
