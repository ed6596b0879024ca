import Application
import Threads

/// `POST /admin/v1/dead-letters/show`: one dead letter with its content.
struct DeadLetterShowEndpoint: Endpoint {
  let operations: any DeadLetterOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let wanted = try await AdminOperation.wanted(request, DeadLetterShowRequest.init(json:))
    let bytes = try await AdminOperation.run(on: pool) { () async throws(DeadLetterOperationsError) in
      var json = JSONWriter()
      json.detail(try await operations.letter(wanted.number))
      return json.drain()
    } translate: {
      RequestFailure($0)
    }
    return .json(bytes)
  }
}
