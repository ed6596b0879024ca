package import Application
package import Domain
import Threads

/// Admits what a tenant's token buckets, one for events and one for bytes, hold. Unlimited unless told otherwise.
package final class TokenBucketLimiter: RateLimiter {
  /// Tenants that are short of something at the same time: about 2 MB of state.
  package static let maximumTenants = 10_000

  private let standard: RateLimit
  private let exceptions: [TenantID: RateLimit]
  private let clock: any WallClock
  private let allowances: Lock<TenantAllowances>

  /// - Parameters:
  ///   - limit: For each tenant that is not among the exceptions.
  ///   - exceptions: Tenants with a limit of their own.
  package init(
    _ limit: RateLimit = .unlimited, exceptions: [TenantID: RateLimit] = [:], clock: any WallClock = SystemClock(),
    maximumTenants: Int = maximumTenants
  ) {
    precondition(maximumTenants > 0, "a limiter needs room for a tenant")
    standard = limit
    self.exceptions = exceptions
    self.clock = clock
    allowances = Lock(TenantAllowances(capacity: maximumTenants))
  }

  package func admit(_ tenant: TenantID, events: Int, bytes: Int) async -> Admission {
    let limit = exceptions[tenant] ?? standard
    if limit.isUnlimited { return .admitted }
    return allowances.withLock { allowances in
      // The clock is read inside, so that the buckets never see time go back.
      allowances.admit(tenant, limit: limit, events: events, bytes: bytes, at: clock.elapsed())
    }
  }

  /// Tenants whose allowance is not known to be full.
  package var trackedTenants: Int { allowances.withLock { $0.count } }
}
