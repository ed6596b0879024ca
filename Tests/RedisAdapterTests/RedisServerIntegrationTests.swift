import Application
import Domain
import Foundation
import InMemoryAdapter
import TestSupport
import Testing

@testable import RedisAdapter

@Suite(
  "A Redis server, as it is found", .enabled(if: OwnRedis.isThereOrRequired, "install redis-server"), .serialized,
  .timeLimit(.minutes(2)))
struct RedisServerIntegrationTests {
  @Test("is refused while it may drop keys")
  func evicts() async throws {
    try await OwnRedis.with { redis in
      try await redis.run("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
      let client = try redis.another()
      let refusal = await refusal(of: client)
      #expect("\(refusal ?? .cancelled)".contains("noeviction"), "\(String(describing: refusal))")
      await client.close()
    }
  }

  @Test("is warned of once when it keeps no append-only file")
  func forgets() async throws {
    try await OwnRedis.with { redis in
      try await redis.run("CONFIG", "SET", "appendonly", "no")
      let client = try redis.another { $0.connections = 1 }
      for _ in 0..<3 { try await client.check() }
      let warnings = redis.telemetry.events.filter { event in
        if case .trouble(_, let reason) = event { reason.contains("append-only") } else { false }
      }
      #expect(warnings.count == 1)
      await client.close()
    }
  }

  @Test("is told our scripts again when it has forgotten them")
  func forgetsScripts() async throws {
    try await OwnRedis.with { redis in
      try await redis.index.initialise(Flushes.generation)
      try await redis.run("SCRIPT", "FLUSH")
      #expect(try await redis.index.generation() == Flushes.generation)
      try await redis.run("SCRIPT", "FLUSH")
      try await redis.index.commit(Flushes.commit(0, to: redis.index))
    }
  }

  @Test("takes us with our user and password, and refuses others")
  func authenticates() async throws {
    try await OwnRedis.with { redis in
      try await redis.run("ACL", "SETUSER", "writer", "on", ">secret", "~*", "+@all")
      try await redis.run("CONFIG", "SET", "requirepass", "other")
      for (credentials, isRight): (RedisCredentials?, Bool) in [
        (RedisCredentials(user: "writer", password: "secret"), true), (RedisCredentials(password: "other"), true),
        (RedisCredentials(user: "writer", password: "wrong"), false), (nil, false),
      ] {
        let client = try redis.another { $0.credentials = credentials }
        let refusal = await refusal(of: client)
        #expect((refusal == nil) == isRight)
        if let refusal {
          guard case .refused(let reason) = refusal else {
            Issue.record("\(refusal)")
            continue
          }
          #expect(!reason.contains("wrong "), "no password in messages")
        }
        await client.close()
      }
    }
  }

  @Test("counts a commit only once its replica has it")
  func replicates() async throws {
    try await OwnRedis.with { redis in
      try await redis.index.initialise(Flushes.generation)
      try await TestService.withOwn("redis", ports: ["REDIS_PORT"]) { replica in
        let place = try #require(RedisEndpoint(try redis.service.setting("REDIS_ADDR")))
        let endpoint = try #require(RedisEndpoint(try replica.setting("REDIS_ADDR")))
        let second = try RedisClient(to: endpoint, RedisConfiguration(), telemetry: RecordingTelemetry())
        let command = RedisCommand("REPLICAOF", arguments: [Array(place.host.utf8), .init(decimal: place.port)])
        _ = try await second.run(command, near: RedisKey("any"))
        // Both are there: the one counts, and what was committed is on the other.
        _ = try await eventually {
          try await second.run(RedisCommand("INFO", Array("replication".utf8)), near: RedisKey("any"))
        } until: {
          ServerInfo($0)["master_link_status"] == "up"
        }
        try await redis.index.commit(Flushes.commit(0, to: redis.index))
        #expect(try await RedisChunkIndex(second, telemetry: redis.telemetry).state(of: PartitionID(0)).watermark == 10)
        try replica.signal(SIGSTOP)
        let late = try await Flushes.commit(1, to: redis.index)
        guard
          case .unavailable? = await failure(of: { () throws(ChunkIndexError) in
            try await redis.index.commit(late)
          })
        else {
          Issue.record("a commit counted without a replica")
          return
        }
        try replica.signal(SIGCONT)
        await second.close()
      }
    }
  }

  @Test("gives no lease while it is away, and rates go on by the limiter of the process")
  func isAway() async throws {
    try await OwnRedis.with { redis in
      let limits = TenantLimits(eventsPerSecond: 1)
      let limiter = RedisRateLimiter(
        redis.client, limits: { _ in limits }, fallback: RefusingLimiter(), telemetry: redis.telemetry)
      #expect(await limiter.admit(.default, events: 1, bytes: 1) == .admitted)
      try await redis.service.kill()
      for _ in 0..<3 {
        #expect(await limiter.admit(.default, events: 1, bytes: 1) == .refused(retryAfter: .seconds(77)))
      }
      await #expect(throws: LeaseError.self) {
        try await RedisLease(redis.client).acquire("x", holder: Identifier128(high: 1, low: 1), for: .seconds(1))
      }
      #expect(redis.telemetry.events.count == 1, "told once, not with each batch")
      try await redis.service.start()
      _ = try await eventually {
        await limiter.admit(.default, events: 1, bytes: 1)
      } until: {
        $0 == .admitted
      }
    }
  }

  private func refusal(of client: RedisClient) async -> RedisError? {
    do throws(RedisError) { try await client.check() } catch { return error }
    return nil
  }
}
