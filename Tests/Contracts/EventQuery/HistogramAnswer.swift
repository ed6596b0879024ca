package import Application
package import Domain

/// Counts over time, in values that can be compared whatever door they came through.
package struct HistogramAnswer: Hashable, Sendable {
  package struct Bucket: Hashable, Sendable {
    package var start: Timestamp
    /// By the level's name, or `UNSPECIFIED`; none that is 0.
    package var counts: [String: Int]

    package init(start: Timestamp, counts: [String: Int]) {
      self.start = start
      self.counts = counts
    }
  }

  /// Of each bucket; zero without any.
  package var width: Duration
  package var buckets: [Bucket]
  package var total: Int
  package var isComplete: Bool
  /// How many reasons are given for not being complete.
  package var reasons: Int

  package init(width: Duration, buckets: [Bucket], total: Int, isComplete: Bool, reasons: Int) {
    self.width = width
    self.buckets = buckets
    self.total = total
    self.isComplete = isComplete
    self.reasons = reasons
  }

  package init(_ answer: EventHistogram) {
    var buckets: [Bucket] = []
    if let histogram = answer.histogram {
      for index in 0..<histogram.buckets.count {
        var counts: [String: Int] = [:]
        for level in [nil] + Level.allCases {
          let count = histogram.count(in: index, of: level)
          if count > 0 { counts[level?.rawValue ?? "UNSPECIFIED"] = count }
        }
        buckets.append(Bucket(start: histogram.buckets.start(of: index), counts: counts))
      }
    }
    self.init(
      width: .nanoseconds(Int64(clamping: answer.histogram?.buckets.width ?? 0)), buckets: buckets,
      total: answer.histogram?.total ?? 0, isComplete: answer.report.isComplete,
      reasons: answer.report.shortfalls.count)
  }
}
