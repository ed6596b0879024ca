package import Domain

/// Which dead letters are meant: all that is given must hold.
package struct DeadLetterSelection: Hashable, Sendable {
  /// Nil for any.
  package var reason: DeadLetterReason?
  /// Nil for any, letters without a tenant (undecodable bytes) among them.
  package var tenant: TenantID?
  /// When it became a dead letter.
  package var range: TimeRange

  package init(reason: DeadLetterReason? = nil, tenant: TenantID? = nil, range: TimeRange = .all) {
    self.reason = reason
    self.tenant = tenant
    self.range = range
  }

  package func matches(_ letter: DeadLetter) -> Bool {
    (reason == nil || letter.reason == reason) && (tenant == nil || letter.tenant == tenant)
      && range.contains(letter.time)
  }
}
