package import Application

/// The dead letters of a running server.
package struct RemoteDeadLetters: DeadLetterOperations {
  private let client: AdminClient

  package init(_ client: AdminClient) { self.client = client }

  package func list(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int
  ) async throws(DeadLetterOperationsError) -> DeadLetterList {
    let request = DeadLetterListRequest(selection: selection, position: position, limit: limit)
    do throws(AdminClientError) {
      return try DeadLetterList(try await client.call(AdminPath.deadLetterList, request.json))
    } catch { throw DeadLetterOperationsError(error) }
  }
}

extension DeadLetterOperationsError {
  init(_ error: AdminClientError) {
    switch error {
    case .cancelled: self = .cancelled
    case .unreachable, .unexpected: self = .unavailable(reason: error.description)
    case .unauthorized, .unknownOperation: self = .refused(reason: error.description)
    case .problem(let code, let field, let detail):
      switch ProblemCode(rawValue: code) {
      case .notThere: self = .notFound
      case .invalidRequest, .unknownField: self = .invalidRequest(field: field ?? "", reason: detail)
      case .refused: self = .refused(reason: detail)
      case .damaged: self = .corrupt(reason: detail)
      default: self = .unavailable(reason: detail)
      }
    }
  }
}
