import ChunkIndexContract
import InMemoryAdapter
import RedisAdapter
import Testing

@Suite(
  "The index in Redis, by contract",
  .enabled(if: SharedRedis.isThereOrRequired, "start it with Tests/Services/services.sh up redis"),
  .timeLimit(.minutes(2)))
struct RedisChunkIndexIntegrationTests {
  @Test("keeps the port's promises", arguments: ChunkIndexPromise.allCases)
  func keeps(_ promise: ChunkIndexPromise) async throws {
    try await SharedRedis.withClient { client in
      let telemetry = RecordingTelemetry()
      try await promise.check(on: RedisChunkIndex(client, telemetry: telemetry)) { _ in
        RedisChunkIndex(client, telemetry: telemetry)
      }
    }
  }
}
