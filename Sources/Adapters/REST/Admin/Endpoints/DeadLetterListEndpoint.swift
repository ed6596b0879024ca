import Application
import Threads

/// `POST /admin/v1/dead-letters/list`: a page of dead letters, without their content.
struct DeadLetterListEndpoint: Endpoint {
  let operations: any DeadLetterOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let wanted = try await AdminOperation.wanted(request, DeadLetterListRequest.init(json:))
    let list = try await AdminOperation.run(on: pool) { () async throws(DeadLetterOperationsError) in
      try await operations.list(wanted.selection, from: wanted.position, limit: wanted.limit)
    } translate: {
      RequestFailure($0)
    }
    var json = JSONWriter(reservingBytes: 128 + list.letters.count * 256)
    json.list(list)
    return .json(json.drain())
  }
}
