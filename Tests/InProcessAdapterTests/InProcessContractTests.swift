import ClockContract
import Domain
import IdentifiersContract
import InMemoryAdapter
import InProcessAdapter
import LeaseContract
import ProcessorDirectoryContract
import RateLimiterContract
import RecentEventsContract
import Testing

@Suite("The adapters in process", .timeLimit(.minutes(1)))
struct InProcessContractTests {
  @Test("tell the time as promised", arguments: ClockPromise.allCases)
  func clock(_ promise: ClockPromise) async throws {
    try await promise.check(on: SystemClock())
  }

  @Test("agree about time with the clock that tests move by hand", arguments: ClockPromise.allCases)
  func scriptedClock(_ promise: ClockPromise) async throws {
    let clock = ScriptedClock()
    try await promise.check(on: clock) {
      while !Task.isCancelled {
        clock.advance(by: .milliseconds(1))
        await Task.yield()
      }
    }
  }

  @Test("make identifiers as promised", arguments: IdentifiersPromise.allCases)
  func identifiers(_ promise: IdentifiersPromise) async throws {
    try await promise.check(on: RandomIdentifiers())
  }

  @Test("lease as promised", arguments: LeasePromise.allCases)
  func lease(_ promise: LeasePromise) async throws {
    let clock = ScriptedClock()
    try await promise.check(on: InProcessLease(clock: clock), duration: .seconds(30)) { clock.advance(by: $0) }
  }

  @Test("limit rates as promised", arguments: RateLimiterPromise.allCases)
  func limiter(_ promise: RateLimiterPromise) async throws {
    let clock = ScriptedClock()
    try await promise.check(letPass: { clock.advance(by: $0) }) { terms in
      let limit = RateLimit(
        eventsPerSecond: terms.eventsPerSecond, bytesPerSecond: terms.bytesPerSecond, burst: terms.burst)
      return TokenBucketLimiter(try #require(limit), clock: clock)
    }
  }

  @Test("list processors as promised", arguments: ProcessorDirectoryPromise.allCases)
  func processors(_ promise: ProcessorDirectoryPromise) async throws {
    let clock = ScriptedClock()
    try await promise.check(on: InProcessProcessorDirectory(clock: clock), lifetime: .seconds(30)) {
      clock.advance(by: $0)
    }
  }

  @Test("carry recent events as promised", arguments: RecentEventsPromise.allCases)
  func recentEvents(_ promise: RecentEventsPromise) async throws {
    try await promise.check(on: InProcessRecentEventsSetup())
  }
}
