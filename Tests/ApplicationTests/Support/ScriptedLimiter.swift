import Application
import Domain

/// Admits everything until it is told to refuse everything.
actor ScriptedLimiter: RateLimiter {
  private var wait: Duration?

  func refuse(for wait: Duration) { self.wait = wait }

  func admit(_ tenant: TenantID, events: Int, bytes: Int) -> Admission {
    wait.map { .refused(retryAfter: $0) } ?? .admitted
  }
}
