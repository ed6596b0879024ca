import Domain

/// Figures for a person, three digits or so.
enum FigureText {
  /// `1.5 GB`; powers of 1,000, as disks are sold.
  static func bytes(_ count: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB"]
    var value = Double(count)
    var unit = 0
    while value >= 1_000, unit + 1 < units.count {
      value /= 1_000
      unit += 1
    }
    return unit == 0 ? "\(count) bytes" : "\(rounded(value)) \(units[unit])"
  }

  /// `0.2 ms`.
  static func milliseconds(_ duration: Duration) -> String {
    "\(rounded(Double(duration.wholeNanoseconds) / 1e6)) ms"
  }

  private static func rounded(_ value: Double) -> String {
    value < 10 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
  }
}
