import Application

extension Problem {
  /// How long a client waits before it asks again: shorter than a partition takes to move, so it may ask a few times.
  static let retryAfterSeconds = 2

  /// Nil for a cancelled query: there is nobody left to tell.
  init?(_ error: EventQueryError) {
    switch error {
    case .invalidCursor(let reason): self.init(.invalidCursor, reason, field: "cursor")
    case .invalidRequest(let field, let reason): self.init(.invalidRequest, "\(field): \(reason)", field: field)
    case .overBudget(let reason): self.init(.overBudget, reason)
    case .unavailable(let reason):
      self = Problem(.unavailable, reason).retrying(afterSeconds: Self.retryAfterSeconds)
    case .cancelled: return nil
    }
  }
}
