package import Domain

/// What a list shows of a dead letter: all but its content.
package struct DeadLetterSummary: Hashable, Sendable {
  package let id: DeadLetterID
  package let reason: DeadLetterReason
  package let tenant: TenantID?
  /// When it became one.
  package let time: Timestamp
  /// Of its content.
  package let bytes: Int

  package init(id: DeadLetterID, reason: DeadLetterReason, tenant: TenantID?, time: Timestamp, bytes: Int) {
    self.id = id
    self.reason = reason
    self.tenant = tenant
    self.time = time
    self.bytes = bytes
  }
}
