import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@testable import RedisAdapter

/// A Redis of a test's own, which it may kill, stop and empty.
struct OwnRedis {
  static let isThereOrRequired = NeededService.isThereOrRequired(program: "/usr/bin/redis-server")

  let service: TestService
  let client: RedisClient
  let telemetry: RecordingTelemetry

  var index: RedisChunkIndex { RedisChunkIndex(client, telemetry: telemetry) }

  /// The index, initialised, with a first flush of one chunk.
  func indexWithAFlush() async throws -> RedisChunkIndex {
    let index = index
    try await index.initialise(Flushes.generation)
    try await index.commit(Flushes.commit(0, to: index, chunks: [Flushes.chunk("api", 1...2)]))
    return index
  }

  static func with(
    _ change: (inout RedisConfiguration) -> Void = { _ in }, _ body: (OwnRedis) async throws -> Void
  ) async throws {
    try await TestService.withOwn("redis", ports: ["REDIS_PORT"]) { service in
      let telemetry = RecordingTelemetry()
      let client = try client(of: service, telemetry, change)
      try await body(OwnRedis(service: service, client: client, telemetry: telemetry))
      await client.close()
    }
  }

  /// Another client of the same server.
  func another(_ change: (inout RedisConfiguration) -> Void = { _ in }) throws -> RedisClient {
    try Self.client(of: service, telemetry, change)
  }

  func run(_ words: String...) async throws {
    let command = RedisCommand(words[0], arguments: words.dropFirst().map { Array($0.utf8) })
    _ = try await client.run(command, near: RedisKey("any"))
  }

  private static func client(
    of service: TestService, _ telemetry: RecordingTelemetry, _ change: (inout RedisConfiguration) -> Void
  ) throws -> RedisClient {
    let endpoint = try #require(RedisEndpoint(try service.setting("REDIS_ADDR")))
    var configuration = RedisConfiguration()
    configuration.reconnectWaits = .milliseconds(5)...Duration.milliseconds(50)
    configuration.replicaTimeout = .milliseconds(300)
    configuration.commandTimeout = .seconds(3)
    change(&configuration)
    return try RedisClient(to: endpoint, configuration, telemetry: telemetry)
  }
}

/// Asks again until an answer satisfies; the suite's time limit ends it otherwise.
func eventually<Answer>(_ ask: () async throws -> Answer, until isRight: (Answer) -> Bool = { _ in true }) async throws
  -> Answer
{
  while true {
    if let answer = try? await ask(), isRight(answer) { return answer }
    try await Task.sleep(for: .milliseconds(10))
  }
}
