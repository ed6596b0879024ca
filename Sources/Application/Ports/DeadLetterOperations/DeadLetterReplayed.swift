package import Domain

/// What became of one letter in a replay.
package struct DeadLetterReplayed: Hashable, Sendable {
  package enum Result: Hashable, Sendable {
    /// It is in the log, durably.
    case accepted
    /// An earlier replay was accepted, then; nothing was sent.
    case acceptedBefore(at: Timestamp)
    /// It still breaks a rule, this one; the letter stays.
    case refused(DeadLetterReason)
    /// It may be stored already: nothing was sent without force.
    case needsForce
    /// Its bytes are no record that this version reads; the reason says why.
    case undecodable(String)
  }

  package let number: UInt64
  package let reason: DeadLetterReason
  package let tenant: TenantID?
  package let result: Result

  package init(number: UInt64, reason: DeadLetterReason, tenant: TenantID?, result: Result) {
    self.number = number
    self.reason = reason
    self.tenant = tenant
    self.result = result
  }
}
