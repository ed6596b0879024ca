import Application

extension RequestFailure {
  init(_ error: DeadLetterOperationsError) {
    switch error {
    case .notFound(let number):
      self = .problem(Problem(.notThere, "there is no dead letter \(number), or none any more", field: "\(number)"))
    case .invalidRequest(let field, let reason): self = .problem(Problem(.invalidRequest, reason, field: field))
    case .refused(let reason): self = .problem(Problem(.refused, reason))
    case .unavailable(let reason):
      self = .problem(Problem(.unavailable, reason).retrying(afterSeconds: Problem.retryAfterSeconds))
    case .corrupt(let reason): self = .problem(Problem(.damaged, reason))
    case .cancelled: self = .cancelled
    }
  }
}
