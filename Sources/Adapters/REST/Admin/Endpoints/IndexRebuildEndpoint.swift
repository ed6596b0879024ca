import Application
import Threads

/// `POST /admin/v1/index/rebuild`: rebuilds the index, tells how far it is, and then what it found.
struct IndexRebuildEndpoint: Endpoint {
  let operations: any IndexOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let body = try await request.jsonBody(limit: AdminOperation.maximumBodyBytes)
    do throws(Problem) { _ = try RequestObject(body, fields: []) } catch { throw .problem(error) }
    let lines = AnswerLines { [operations, pool] sink in
      do throws(RequestFailure) {
        let report = try await AdminOperation.run(on: pool) { () async throws(IndexOperationError) in
          try await operations.rebuild { progress in await sink.tell(progress.json) }
        } translate: {
          RequestFailure($0)
        }
        return .success(report.json)
      } catch { return .failure(error) }
    }
    return Answer(contentType: "application/x-ndjson", body: .lines(lines))
  }
}
