/// That a dead letter was replayed, and what became of it; kept with the letter.
package struct DeadLetterReplay: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// Durable in the log, as any batch that was acknowledged.
    case accepted
    /// It still breaks a rule, this one.
    case refused(DeadLetterReason)
  }

  /// When it was first replayed: the time of its first sending, whenever it is sent again. Written before it was sent.
  package let first: Timestamp
  /// The version of the placement that it was first sent under, and is sent under ever after.
  package let placement: UInt32
  /// When it was last replayed.
  package var last: Timestamp
  /// Nil if that did not come to an end.
  package var outcome: Outcome?

  package init(first: Timestamp, placement: UInt32, last: Timestamp, outcome: Outcome?) {
    self.first = first
    self.placement = placement
    self.last = last
    self.outcome = outcome
  }
}
