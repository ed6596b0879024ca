/// How many events there are in each of some buckets of time, by level.
package struct Histogram: Hashable, Sendable {
  package let buckets: HistogramBuckets
  /// Bucket by bucket: events without a level, then those of each level.
  private var counts: [Int]

  private static let classes = Level.allCases.count + 1

  package init(_ buckets: HistogramBuckets) {
    self.buckets = buckets
    counts = [Int](repeating: 0, count: buckets.count * Self.classes)
  }

  package var total: Int { counts.reduce(0, +) }

  /// - Parameter level: Nil for events that have none.
  package func count(in bucket: Int, of level: Level?) -> Int {
    counts[bucket * Self.classes + Self.classIndex(of: level)]
  }

  /// Counts events of one severity number in one bucket.
  package mutating func add(_ events: Int, in bucket: Int, severity: UInt8) {
    counts[bucket * Self.classes + Self.classIndex(of: severity)] += events
  }

  /// Whether rows of these severities (bit n: number n) are all of one level, or all of none.
  static func isOneClass(_ severities: UInt32) -> Bool {
    guard severities != 0 else { return true }
    return classIndex(of: UInt8(severities.trailingZeroBitCount))
      == classIndex(of: UInt8(UInt32.bitWidth - 1 - severities.leadingZeroBitCount))
  }

  /// As `Severity.level` has it.
  private static func classIndex(of severity: UInt8) -> Int { severity == 0 ? 0 : (Int(severity) - 1) / 4 + 1 }

  private static func classIndex(of level: Level?) -> Int {
    level.map { classIndex(of: $0.severities.lowerBound) } ?? 0
  }
}
