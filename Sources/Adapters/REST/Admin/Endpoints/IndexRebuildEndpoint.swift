import Application
import Threads

/// `POST /admin/v1/index/rebuild`: rebuilds the index, tells how far it is, and then what it found.
struct IndexRebuildEndpoint: Endpoint {
  let operations: any IndexOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    try await AdminOperation.wanted(request) { (json) throws(Problem) in _ = try RequestObject(json, fields: []) }
    return AdminOperation.lines(on: pool) { (sink) async throws(IndexOperationError) in
      try await operations.rebuild { progress in await sink.tell(progress.json) }
    } outcome: {
      $0.json
    } translate: {
      RequestFailure($0)
    }
  }
}
