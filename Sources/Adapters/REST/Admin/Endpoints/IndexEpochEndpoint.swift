import Application
import Domain
import Threads

/// `POST /admin/v1/index/new-epoch`: goes on with logs that took the place of those that the index knows.
struct IndexEpochEndpoint: Endpoint {
  let operations: any IndexOperations
  let pool: ThreadPool

  func answer(_ request: Request) async throws(RequestFailure) -> Answer {
    let partition = try await AdminOperation.wanted(request) { (json) throws(Problem) in
      try Self.partition(RequestObject(json, fields: ["partition"]))
    }
    let changes = try await AdminOperation.run(on: pool) { () async throws(IndexOperationError) in
      try await operations.beginEpoch(of: partition)
    } translate: {
      RequestFailure($0)
    }
    var json = JSONWriter()
    json.beginObject()
    json.key("partitions")
    json.beginArray()
    for change in changes { json.change(change) }
    json.endArray()
    json.endObject()
    return .json(json.drain())
  }

  private static func partition(_ request: RequestObject) throws(Problem) -> PartitionID? {
    guard let number = try request.integer("partition") else { return nil }
    guard let number = UInt16(exactly: number) else {
      throw Problem(.invalidRequest, "partition is \(number): expected the number of a partition", field: "partition")
    }
    return PartitionID(Int(number))
  }
}
