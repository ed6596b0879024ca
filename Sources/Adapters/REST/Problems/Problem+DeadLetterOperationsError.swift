import Application

extension RequestFailure {
  init(_ error: DeadLetterOperationsError) {
    switch error {
    case .notFound: self = .problem(Problem(.notThere, "there is no such dead letter, or none any more"))
    case .invalidRequest(let field, let reason): self = .problem(Problem(.invalidRequest, reason, field: field))
    case .refused(let reason): self = .problem(Problem(.refused, reason))
    case .unavailable(let reason):
      self = .problem(Problem(.unavailable, reason).retrying(afterSeconds: Problem.retryAfterSeconds))
    case .corrupt(let reason): self = .problem(Problem(.damaged, reason))
    case .cancelled: self = .cancelled
    }
  }
}
