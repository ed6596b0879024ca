import Application

extension DeadLetterOperationsError {
  init(_ error: AdminClientError) {
    switch error {
    case .cancelled: self = .cancelled
    case .unreachable, .unexpected: self = .unavailable(reason: error.description)
    case .unauthorized, .unknownOperation: self = .refused(reason: error.description)
    case .problem(let code, let field, let detail):
      switch ProblemCode(rawValue: code) {
      case .notThere: self = .notFound(number: field.flatMap { UInt64($0) } ?? 0)
      case .invalidRequest, .unknownField: self = .invalidRequest(field: field ?? "", reason: detail)
      case .refused: self = .refused(reason: detail)
      case .damaged: self = .corrupt(reason: detail)
      default: self = .unavailable(reason: detail)
      }
    }
  }
}
