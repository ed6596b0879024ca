/// Which events fit. Everything given must hold.
package struct EventPredicate: Hashable, Sendable {
  package var range: TimeRange
  /// Inclusive severity numbers; 0 (not said) only fits 0...24.
  package var severities: ClosedRange<UInt8>
  /// Exact, case-sensitive bytes that the message holds; empty: any message.
  package var contains: [UInt8]
  package var traceID: TraceID?

  package static let anySeverity: ClosedRange<UInt8> = 0...24

  package init(
    range: TimeRange = .all, severities: ClosedRange<UInt8> = anySeverity, contains: [UInt8] = [],
    traceID: TraceID? = nil
  ) {
    self.range = range
    self.severities = severities
    self.contains = contains
    self.traceID = traceID
  }

  /// Bit n: severity number n fits.
  var severityBits: UInt32 { severities.reduce(0) { $0 | 1 << UInt32($1) } }
}
