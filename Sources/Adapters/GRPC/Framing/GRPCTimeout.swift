import Domain

/// The value of `grpc-timeout`: up to eight digits and a unit.
enum GRPCTimeout {
  /// Eight digits of milliseconds: 27 hours.
  private static let longest = Duration.milliseconds(99_999_999)

  /// `duration` in whole milliseconds, at least one.
  static func text(_ duration: Duration) -> String { "\(max(min(duration, longest).wholeMilliseconds, 1))m" }

  /// Nil if `text` is none.
  static func parse(_ text: String) -> Duration? {
    let digits = text.utf8.dropLast()
    guard (1...8).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let value = Int64(text.dropLast())
    else { return nil }
    switch text.last {
    case "H": return .seconds(value * 3600)
    case "M": return .seconds(value * 60)
    case "S": return .seconds(value)
    case "m": return .milliseconds(value)
    case "u": return .microseconds(value)
    case "n": return .nanoseconds(value)
    default: return nil
    }
  }
}
