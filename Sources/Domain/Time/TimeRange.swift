/// The times from `start` up to, not including, `end`; either may be open.
package struct TimeRange: Hashable, Sendable {
  package let start: Timestamp
  package let end: Timestamp

  package static let all = TimeRange(from: .distantPast, to: .distantFuture)

  /// - Precondition: `start` is not after `end`.
  package init(from start: Timestamp, to end: Timestamp) {
    precondition(start <= end, "a time range ends before it starts")
    self.start = start
    self.end = end
  }

  @inlinable
  package func contains(_ timestamp: Timestamp) -> Bool {
    timestamp >= start && (timestamp < end || end == .distantFuture)
  }

  /// Whether a closed span of times has one inside the range.
  package func overlaps(_ span: ClosedRange<Timestamp>) -> Bool {
    span.upperBound >= start && (span.lowerBound < end || end == .distantFuture)
  }
}
