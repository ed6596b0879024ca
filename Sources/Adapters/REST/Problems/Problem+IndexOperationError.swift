import Application

extension RequestFailure {
  init(_ error: IndexOperationError) {
    switch error {
    case .alreadyInitialised, .notEmpty, .underWay, .superseded, .rejected:
      self = .problem(Problem(.refused, error.description))
    case .unavailable(let reason):
      self = .problem(Problem(.unavailable, reason).retrying(afterSeconds: Problem.retryAfterSeconds))
    case .cancelled: self = .cancelled
    }
  }
}
