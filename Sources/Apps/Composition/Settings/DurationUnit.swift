/// The units of a duration in a setting.
package enum DurationUnit: String, CaseIterable, Sendable {
  case day = "d"
  case hour = "h"
  case minute = "m"
  case second = "s"
  case millisecond = "ms"
  case microsecond = "us"
  case nanosecond = "ns"

  /// A hundred years: longer than anything that is kept, and an `Int` of nanoseconds holds it.
  package static let longest = Duration.seconds(36_500 * 86_400)

  var nanoseconds: Int {
    switch self {
    case .day: 86_400_000_000_000
    case .hour: 3_600_000_000_000
    case .minute: 60_000_000_000
    case .second: 1_000_000_000
    case .millisecond: 1_000_000
    case .microsecond: 1_000
    case .nanosecond: 1
    }
  }

  /// One or several numbers with units, larger units first: `1h30m`. Nil for another form, or more than `longest`.
  static func duration(_ text: String) -> Duration? {
    if text == "0" { return .zero }
    var rest = text
    var total = 0
    var smallest = Int.max
    repeat {
      guard let (number, after) = splitNumber(rest) else { return nil }
      let word = after.prefix { $0.isLetter }
      guard let unit = DurationUnit(rawValue: String(word)), unit.nanoseconds < smallest else { return nil }
      guard let amount = scaled(number, by: unit.nanoseconds) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(amount)
      guard !overflow else { return nil }
      (total, smallest, rest) = (sum, unit.nanoseconds, String(after.dropFirst(word.count)))
    } while !rest.isEmpty
    let duration = Duration.nanoseconds(total)
    return duration <= longest ? duration : nil
  }

  /// In the largest unit that divides it: 90 s is `90s`, 120 s is `2m`.
  static func text(_ duration: Duration) -> String {
    let parts = duration.components
    let total = Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000)
    guard total != 0, let unit = allCases.first(where: { total % $0.nanoseconds == 0 }) else { return "0s" }
    return "\(total / unit.nanoseconds)\(unit.rawValue)"
  }
}
