import Application
import Threads

/// `POST /admin/v1/dead-letters/drop`: forgets letters; a line with each few hundred that are gone.
struct DeadLetterDropEndpoint: Endpoint {
  let operations: any DeadLetterOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let wanted = try await AdminOperation.wanted(request, DeadLetterChangeRequest.init(json:))
    return AdminOperation.lines(on: pool) { (sink) async throws(DeadLetterOperationsError) in
      try await operations.drop(wanted.selection, isForced: wanted.isForced) { count in
        await sink.tell(Array("{\"dropped\":\(count)}".utf8))
      }
    } outcome: {
      Array("{}".utf8)
    } translate: {
      RequestFailure($0)
    }
  }
}
