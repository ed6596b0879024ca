/// A lease that is held.
package struct LeaseGrant: Hashable, Sendable {
  /// Grows with each change of holder, so that a late act of an earlier holder can be told.
  package let token: UInt64
  package let duration: Duration

  package init(token: UInt64, duration: Duration) {
    self.token = token
    self.duration = duration
  }
}
