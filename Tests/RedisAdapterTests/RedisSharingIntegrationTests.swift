import Application
import Domain
import InMemoryAdapter
import LeaseContract
import ProcessorDirectoryContract
import RateLimiterContract
import Testing

@testable import RedisAdapter

@Suite(
  "What processes share in Redis, by contract",
  .enabled(if: SharedRedis.isThereOrRequired, "start it with Tests/Services/services.sh up redis"),
  .timeLimit(.minutes(2)))
struct RedisSharingIntegrationTests {
  @Test("leases as promised", arguments: LeasePromise.allCases)
  func lease(_ promise: LeasePromise) async throws {
    try await SharedRedis.withClient { client in
      try await promise.check(on: RedisLease(client), duration: .seconds(1)) { try await Task.sleep(for: $0) }
    }
  }

  @Test("limits rates as promised", arguments: RateLimiterPromise.allCases)
  func limiter(_ promise: RateLimiterPromise) async throws {
    try await SharedRedis.withClient { client in
      let clock = ScriptedClock()
      try await promise.check(letPass: { clock.advance(by: $0) }) { terms in
        let limits = TenantLimits(
          eventsPerSecond: terms.eventsPerSecond,
          bytesPerSecond: terms.bytesPerSecond, burst: terms.burst)
        return RedisRateLimiter(
          client, prefix: client.configuration.prefix, limits: { _ in limits }, fallback: RefusingLimiter(),
          telemetry: RecordingTelemetry(), time: { clock.now() })
      }
    }
  }

  @Test("lists processors as promised", arguments: ProcessorDirectoryPromise.allCases)
  func directory(_ promise: ProcessorDirectoryPromise) async throws {
    try await SharedRedis.withClient { client in
      try await promise.check(on: RedisProcessorDirectory(client), lifetime: .seconds(1)) {
        try await Task.sleep(for: $0)
      }
    }
  }
}

/// Takes the place of a limiter that must not be asked.
struct RefusingLimiter: RateLimiter {
  func admit(_ tenant: TenantID, events: Int, bytes: Int) async -> Admission { .refused(retryAfter: .seconds(77)) }
}
