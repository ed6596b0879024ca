/// Buckets of one width, one after the other.
package struct HistogramBuckets: Hashable, Sendable {
  /// Of the first one. Whole milliseconds, unless that is before the range of `Timestamp`.
  package let start: Timestamp
  /// Nanoseconds, whole milliseconds; up to the whole range of `Timestamp`, which no signed number holds.
  package let width: UInt64
  /// At least 1.
  package let count: Int

  /// Widths that people read easily, in milliseconds: 1 ms to a year of 365 days.
  private static let widths: [UInt64] = {
    let second: UInt64 = 1_000
    let (minute, hour, day) = (60 * second, 3_600 * second, 86_400 * second)
    return [1, 2, 5, 10, 20, 50, 100, 200, 500] + [1, 2, 5, 10, 15, 30].map { $0 * second }
      + [1, 2, 5, 10, 15, 30].map { $0 * minute } + [1, 2, 3, 6, 12].map { $0 * hour }
      + [1, 2, 7, 14, 30, 90, 365].map { $0 * day }
  }()
  private static let millisecond: UInt64 = 1_000_000

  /// Divides a span of times into at most `most` buckets: of the smallest easy width that suffices, at multiples of it from
  /// 1970 on, so that the first may begin before the span; if none suffices, of equal parts from the span's start on.
  ///
  /// - Parameter most: At least 1.
  package init(_ span: ClosedRange<Timestamp>, atMost most: Int) {
    precondition(most >= 1, "no bucket for a span of times")
    for width in Self.widths {
      let width = width * Self.millisecond
      guard let start = Self.multiple(of: width, before: span.lowerBound) else { continue }
      let last = Self.distance(start, span.upperBound) / width
      if last < UInt64(most) {
        self.start = start
        self.width = width
        count = Int(last) + 1
        return
      }
    }
    start = Self.multiple(of: Self.millisecond, before: span.lowerBound) ?? span.lowerBound
    let distance = Self.distance(start, span.upperBound)
    let part = distance / UInt64(most) / Self.millisecond + 1
    let (product, overflows) = part.multipliedReportingOverflow(by: Self.millisecond)
    width = overflows ? .max : product
    count = min(Int(distance / width) + 1, most)
  }

  /// Which one a time is in; the nearest one for a time in none.
  package func index(of time: Timestamp) -> Int {
    if time < start { return 0 }
    return Int(min(Self.distance(start, time) / width, UInt64(count - 1)))
  }

  package func start(of index: Int) -> Timestamp {
    Timestamp(nanoseconds: start.nanoseconds &+ Int64(bitPattern: UInt64(index) * width))
  }

  /// Of times in order; the difference of two signed numbers always fits an unsigned one.
  private static func distance(_ early: Timestamp, _ late: Timestamp) -> UInt64 {
    UInt64(bitPattern: late.nanoseconds &- early.nanoseconds)
  }

  private static func multiple(of width: UInt64, before time: Timestamp) -> Timestamp? {
    let (quotient, _) = time.nanoseconds.flooredDivision(by: Int64(width))
    let (product, overflows) = quotient.multipliedReportingOverflow(by: Int64(width))
    return overflows ? nil : Timestamp(nanoseconds: product)
  }
}
