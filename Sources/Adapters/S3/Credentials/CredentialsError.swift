/// Why there are no credentials.
enum CredentialsError: Error, Equatable, Sendable {
  /// Ask again: nobody answered, or not as expected.
  case unavailable(reason: String)
  /// Asking again will not help.
  case denied(reason: String)
  case cancelled
}

extension CredentialsError {
  var reason: String {
    switch self {
    case .unavailable(let reason), .denied(let reason): reason
    case .cancelled: "the call was cancelled"
    }
  }
}
