import Application
import Domain
import Threads

/// `POST /admin/v1/index/init`: writes the index's first generation marker.
struct IndexInitialisationEndpoint: Endpoint {
  let operations: any IndexOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let discarding = try await AdminOperation.wanted(request) { (json) throws(Problem) in
      try RequestObject(json, fields: ["discard"]).bool("discard")
    }
    let generation = try await AdminOperation.run(on: pool) { () async throws(IndexOperationError) in
      try await operations.initialise(discarding: discarding)
    } translate: {
      RequestFailure($0)
    }
    var json = JSONWriter()
    json.beginObject()
    json.key("generation")
    json.string(generation.description)
    json.endObject()
    return .json(json.drain())
  }
}
