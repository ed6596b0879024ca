package import Application
package import Domain

/// The index of a running server.
package struct RemoteIndex: IndexOperations {
  private let client: AdminClient

  package init(_ client: AdminClient) { self.client = client }

  package func initialise(discarding: Bool) async throws(IndexOperationError) -> Generation {
    var json = JSONWriter()
    json.beginObject()
    json.key("discard")
    json.bool(discarding)
    json.endObject()
    do throws(AdminClientError) {
      let answer = try await client.call(AdminPath.indexInitialisation, json.drain())
      return Generation(try answer.value("generation", Identifier128.init(hexadecimal:)))
    } catch { throw IndexOperationError(error) }
  }

  package func beginEpoch(of partition: PartitionID?) async throws(IndexOperationError) -> [EpochChange] {
    var json = JSONWriter()
    json.beginObject()
    if let partition {
      json.key("partition")
      json.integer(partition.number)
    }
    json.endObject()
    do throws(AdminClientError) {
      var changes: [EpochChange] = []
      for object in try await client.call(AdminPath.indexEpoch, json.drain()).objects("partitions") {
        changes.append(try EpochChange(object))
      }
      return changes
    } catch { throw IndexOperationError(error) }
  }

  package func rebuild(
    progress: @escaping @Sendable (RebuildProgress) async -> Void
  ) async throws(IndexOperationError) -> RebuildReport {
    do throws(AdminClientError) {
      let outcome = try await client.follow(AdminPath.indexRebuild, Array("{}".utf8)) { object in
        // What cannot be read of it is of a newer server, and only for the eye.
        if let told = try? RebuildProgress(object) { await progress(told) }
      }
      return try RebuildReport(outcome)
    } catch { throw IndexOperationError(error) }
  }
}
