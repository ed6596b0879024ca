import Application
import Threads

/// `POST /admin/v1/dead-letters/drop`: forgets letters; a line with each few hundred: how many are gone, and stay.
struct DeadLetterDropEndpoint: Endpoint {
  let operations: any DeadLetterOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let wanted = try await AdminOperation.wanted(request, DeadLetterChangeRequest.init(json:))
    return AdminOperation.lines(on: pool) { (sink) async throws(DeadLetterOperationsError) in
      try await operations.drop(wanted.selection, isForced: wanted.isForced) { drop in
        await sink.tell(drop.json)
      }
    } outcome: {
      Array("{}".utf8)
    } translate: {
      RequestFailure($0)
    }
  }
}
