/// What the suite asks a limiter to keep to. Nil: no limit.
package struct LimiterTerms: Hashable, Sendable {
  package let eventsPerSecond: Int?
  package let bytesPerSecond: Int?
  /// What may be sent at once after a pause, in time of the rates.
  package let burst: Duration
}
