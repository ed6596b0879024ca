package import Domain

/// What a list shows of a dead letter: all but its content.
package struct DeadLetterSummary: Hashable, Sendable {
  /// How operators name it: its position in the queue.
  package let number: UInt64
  package let id: DeadLetterID
  package let reason: DeadLetterReason
  package let tenant: TenantID?
  /// When it became one.
  package let time: Timestamp
  /// Of its content.
  package let bytes: Int
  /// Nil if it was never replayed.
  package let replay: DeadLetterReplay?

  package init(
    number: UInt64, id: DeadLetterID, reason: DeadLetterReason, tenant: TenantID?, time: Timestamp, bytes: Int,
    replay: DeadLetterReplay?
  ) {
    self.number = number
    self.id = id
    self.reason = reason
    self.tenant = tenant
    self.time = time
    self.bytes = bytes
    self.replay = replay
  }

  init(_ kept: KeptDeadLetter) {
    let letter = kept.letter
    self.init(
      number: kept.position, id: letter.id, reason: letter.reason, tenant: letter.tenant, time: letter.time,
      bytes: letter.content.bytes.count, replay: kept.replay)
  }
}
