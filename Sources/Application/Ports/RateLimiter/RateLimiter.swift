package import Domain

/// How much a tenant may send.
package protocol RateLimiter: Sendable {
  /// Charges `events` and `bytes` to the tenant if it may send them now. What is refused is not charged.
  func admit(_ tenant: TenantID, events: Int, bytes: Int) async -> Admission
}
