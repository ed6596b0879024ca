package import Domain

/// Which dead letters are meant: all that is given must hold.
package struct DeadLetterSelection: Hashable, Sendable {
  /// Numbers that one request may name.
  package static let maximumNumbers = 1_000

  /// Empty for any; ascending, each once.
  package let numbers: [UInt64]
  /// Nil for any.
  package let reason: DeadLetterReason?
  /// Nil for any, letters without a tenant (undecodable bytes) among them.
  package let tenant: TenantID?
  /// When it became a dead letter.
  package let range: TimeRange
  /// In place of published letters those that no committed flush names: of a flush that is under way, or of one that was lost.
  package let isUncommitted: Bool

  package init(
    numbers: [UInt64] = [], reason: DeadLetterReason? = nil, tenant: TenantID? = nil, range: TimeRange = .all,
    isUncommitted: Bool = false
  ) {
    self.numbers = Set(numbers).sorted()
    self.reason = reason
    self.tenant = tenant
    self.range = range
    self.isUncommitted = isUncommitted
  }

  /// Whether a letter fits, but for its number.
  package func matches(_ letter: DeadLetter) -> Bool {
    (reason == nil || letter.reason == reason) && (tenant == nil || letter.tenant == tenant)
      && range.contains(letter.time)
  }
}
