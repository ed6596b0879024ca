/// Sorted samples.
struct Quantiles: Sendable {
  private let sorted: [Double]

  /// - Precondition: There is one.
  init(_ samples: [Double]) {
    precondition(!samples.isEmpty, "no samples")
    sorted = samples.sorted()
  }

  /// The nearest-rank quantile of `part`, 0 to 1.
  func at(_ part: Double) -> Double {
    sorted[min(sorted.count - 1, max(0, Int((part * Double(sorted.count)).rounded(.up)) - 1))]
  }
}
