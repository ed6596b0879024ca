import Application
import Domain
import Testing

@testable import InProcessAdapter

@Suite("The allowances of tenants")
struct TenantAllowancesTests {
  private let limit = RateLimit(eventsPerSecond: 10, bytesPerSecond: 1_000, burst: .seconds(1))

  private func tenant(_ number: Int) throws -> TenantID { try TenantID("tenant-\(number)") }

  @Test("are charged for both or for neither")
  func both() throws {
    let limit = try #require(limit)
    var allowance = TenantAllowance(limit, at: .zero)
    #expect(allowance.admit(events: 5, bytes: 1_000, at: .zero) == .admitted)
    #expect(allowance.admit(events: 5, bytes: 500, at: .zero) == .refused(retryAfter: .milliseconds(500)))
    #expect(allowance.admit(events: 5, bytes: 0, at: .zero) == .admitted)
    #expect(allowance.admit(events: 1, bytes: 1, at: .zero) == .refused(retryAfter: .milliseconds(100)))
  }

  @Test("are dropped when they are full again")
  func dropped() throws {
    let limit = try #require(limit)
    var allowances = TenantAllowances(capacity: 1_000)
    for number in 0..<500 {
      // One tenant a second, so that only the last is not full.
      let answer = allowances.admit(try tenant(number), limit: limit, events: 10, bytes: 0, at: .seconds(number))
      #expect(answer == .admitted)
    }
    #expect(allowances.count <= 64)
  }

  @Test("are bounded: one tenant too many waits for the first to be full")
  func bounded() throws {
    let limit = try #require(limit)
    var allowances = TenantAllowances(capacity: 3)
    for (number, events) in [4, 2, 10].enumerated() {
      #expect(allowances.admit(try tenant(number), limit: limit, events: events, bytes: 0, at: .zero) == .admitted)
    }
    let late = try tenant(9)
    #expect(
      allowances.admit(late, limit: limit, events: 1, bytes: 0, at: .zero)
        == .refused(retryAfter: .milliseconds(200)))
    #expect(
      allowances.admit(try tenant(0), limit: limit, events: 1, bytes: 0, at: .zero) == .admitted, "known ones go on")
    #expect(
      allowances.admit(late, limit: limit, events: 1, bytes: 0, at: .milliseconds(150))
        == .refused(retryAfter: .milliseconds(50)))
    #expect(allowances.admit(late, limit: limit, events: 1, bytes: 0, at: .milliseconds(200)) == .admitted)
    #expect(allowances.count == 3)
  }

  @Test("refuse limits that make no sense")
  func limits() {
    #expect(RateLimit(eventsPerSecond: 0, bytesPerSecond: nil) == nil)
    #expect(RateLimit(eventsPerSecond: nil, bytesPerSecond: -1) == nil)
    #expect(RateLimit(eventsPerSecond: 1, bytesPerSecond: 1, burst: .zero) == nil)
    #expect(RateLimit(eventsPerSecond: 1, bytesPerSecond: 1, burst: .seconds(100_000)) == nil)
    #expect(RateLimit.unlimited.isUnlimited)
  }

  @Test("may differ from tenant to tenant, and need no state without a limit")
  func exceptions() async throws {
    let limiter = TokenBucketLimiter(exceptions: [try tenant(1): try #require(limit)])
    #expect(await limiter.admit(try tenant(0), events: 1_000_000, bytes: 0) == .admitted)
    #expect(limiter.trackedTenants == 0)
    #expect(await limiter.admit(try tenant(1), events: 10, bytes: 0) == .admitted)
    #expect(await limiter.admit(try tenant(1), events: 10, bytes: 0) != .admitted)
    #expect(limiter.trackedTenants == 1)
  }
}
