import Application
import Threads

/// `POST /admin/v1/dead-letters/replay`: sends letters again; a line for each once its outcome is known.
struct DeadLetterReplayEndpoint: Endpoint {
  let operations: any DeadLetterOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let wanted = try await AdminOperation.wanted(request, DeadLetterChangeRequest.init(json:))
    return AdminOperation.lines(on: pool) { (sink) async throws(DeadLetterOperationsError) in
      try await operations.replay(wanted.selection, limit: wanted.limit, isForced: wanted.isForced) { letter in
        var json = JSONWriter()
        json.replayed(letter)
        await sink.tell(json.drain())
      }
    } outcome: {
      Array("{}".utf8)
    } translate: {
      RequestFailure($0)
    }
  }
}
