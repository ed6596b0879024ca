import Domain

/// Durations counted by their size.
struct DurationHistogram: Hashable, Sendable {
  /// Upper bounds in seconds, from a call in memory to the longest query: 15 series a histogram are what a scrape pays.
  static let bounds: [Double] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
  ]

  /// Of each bucket by itself, the last for what is above all bounds.
  private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
  private(set) var sum = 0.0

  mutating func observe(_ duration: Duration) {
    let seconds = duration.fractionalSeconds
    var bucket = 0
    while bucket < Self.bounds.count, seconds > Self.bounds[bucket] { bucket += 1 }
    counts[bucket] += 1
    sum += seconds
  }
}
