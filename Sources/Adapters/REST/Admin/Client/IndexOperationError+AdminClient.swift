import Application

extension IndexOperationError {
  init(_ error: AdminClientError) {
    switch error {
    case .cancelled: self = .cancelled
    case .unreachable, .unexpected: self = .unavailable(reason: error.description)
    case .unauthorized, .unknownOperation: self = .rejected(reason: error.description)
    case .problem(let code, _, let detail):
      self = code == ProblemCode.refused.rawValue ? .rejected(reason: detail) : .unavailable(reason: detail)
    }
  }
}
