/// Numbers as a table shows them.
enum Decimals {
  /// Rounded to `digits` after the point, with a comma between thousands.
  static func text(_ value: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * scale).rounded())
    let whole = String(scaled / Int(scale))
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    if digits == 0 { return grouped }
    let fraction = String(scaled % Int(scale))
    return grouped + "." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  /// Three significant digits or all of the whole number.
  static func text(_ value: Double) -> String {
    text(value, digits: value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3)
  }
}
