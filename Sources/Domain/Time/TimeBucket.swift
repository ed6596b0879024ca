/// An aligned window of time; a chunk holds the events of one stream and one bucket.
package struct TimeBucket: Hashable, Comparable, Sendable {
  /// Default width. Wider: fewer, larger chunks; narrower: retention and queries cut more finely.
  package static let defaultWidth = Duration.seconds(3_600)

  package let start: Timestamp

  /// The bucket that holds `timestamp`.
  ///
  /// - Parameter width: At least a second. Buckets are aligned to multiples of it from 1970 on.
  package init(containing timestamp: Timestamp, width: Duration = defaultWidth) {
    let nanoseconds = width.wholeNanoseconds
    precondition(nanoseconds >= 1_000_000_000, "a time bucket is at least a second wide")
    let (quotient, _) = timestamp.nanoseconds.flooredDivision(by: nanoseconds)
    let (product, overflows) = quotient.multipliedReportingOverflow(by: nanoseconds)
    start = overflows ? .distantPast : Timestamp(nanoseconds: product)
  }

  package init(start: Timestamp) { self.start = start }

  package static func < (left: TimeBucket, right: TimeBucket) -> Bool { left.start < right.start }
}
