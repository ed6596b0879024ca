/// Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted: 1677-09-21 to 2262-04-11.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let nanoseconds: Int64

  @inlinable
  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Nil if the product leaves the range.
  package init?(milliseconds: Int64) {
    let (nanoseconds, overflows) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    if overflows { return nil }
    self.init(nanoseconds: nanoseconds)
  }

  package static let epoch = Timestamp(nanoseconds: 0)
  package static let distantPast = Timestamp(nanoseconds: .min)
  package static let distantFuture = Timestamp(nanoseconds: .max)

  @inlinable
  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

  /// Saturates at the ends of the range.
  package func advanced(by duration: Duration) -> Timestamp {
    let (sum, overflows) = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
    if overflows { return duration < .zero ? .distantPast : .distantFuture }
    return Timestamp(nanoseconds: sum)
  }

  /// Saturates at the ends of the range.
  package func duration(since earlier: Timestamp) -> Duration {
    let (difference, overflows) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    if overflows { return .nanoseconds(nanoseconds < earlier.nanoseconds ? Int64.min : Int64.max) }
    return .nanoseconds(difference)
  }
}

extension Duration {
  /// Saturates at the ends of Int64 (292 years).
  package var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowsToo) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    if overflows || overflowsToo { return seconds < 0 ? .min : .max }
    return sum
  }

  package var wholeMilliseconds: Int64 { wholeNanoseconds / 1_000_000 }

  package var fractionalSeconds: Double { Double(wholeNanoseconds) / 1e9 }
}
