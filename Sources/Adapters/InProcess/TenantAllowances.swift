import Application
import Domain

/// The allowances of those tenants that sent something lately: one that is full again is like a new one, and is dropped.
///
/// Bounded, since tenants need not be known and a sender may make names up: when `capacity` tenants are short of
/// something, one more is refused until the first of them is full.
struct TenantAllowances: Sendable {
  /// Below this many it is not worth looking for full ones.
  private static let firstSweep = 64

  private let capacity: Int
  private var allowances: [TenantID: TenantAllowance] = [:]
  /// Sweeping when the number doubled keeps its cost constant an admission.
  private var sweepCount: Int
  /// No tenant is full before this time; known from the last sweep, while all that came since are not full either.
  private var nextFull: Duration = .zero

  init(capacity: Int) {
    self.capacity = capacity
    sweepCount = min(Self.firstSweep, capacity)
  }

  var count: Int { allowances.count }

  mutating func admit(
    _ tenant: TenantID, limit: RateLimit, events: Int, bytes: Int, at now: Duration
  ) -> Admission {
    if let answer = allowances[tenant]?.admit(events: events, bytes: bytes, at: now) { return answer }
    if allowances.count >= sweepCount, now >= nextFull { sweep(at: now) }
    if allowances.count >= capacity { return .refused(retryAfter: nextFull - now) }
    var allowance = TenantAllowance(limit, at: now)
    let answer = allowance.admit(events: events, bytes: bytes, at: now)
    allowances[tenant] = allowance
    return answer
  }

  private mutating func sweep(at now: Duration) {
    var firstWait: Duration?
    for (tenant, var allowance) in allowances {
      let wait = allowance.timeUntilFull(at: now)
      if wait == .zero { allowances[tenant] = nil } else { firstWait = min(firstWait ?? wait, wait) }
    }
    sweepCount = min(max(Self.firstSweep, allowances.count * 2), capacity)
    nextFull = allowances.count >= capacity ? now + (firstWait ?? .zero) : now
  }
}
