/// How grave an event is: OpenTelemetry's severity numbers, 1 to 24, and 0 for "not said"
/// (https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber).
package struct Severity: Hashable, Comparable, Sendable {
  package let number: UInt8

  /// Nil above 24.
  package init?(number: Int) {
    guard (0...24).contains(number) else { return nil }
    self.number = UInt8(number)
  }

  init(trusted number: UInt8) { self.number = number }

  package static let unspecified = Severity(trusted: 0)
  package static let trace = Severity(trusted: 1)
  package static let debug = Severity(trusted: 5)
  package static let info = Severity(trusted: 9)
  package static let warn = Severity(trusted: 13)
  package static let error = Severity(trusted: 17)
  package static let fatal = Severity(trusted: 21)

  package static func < (left: Severity, right: Severity) -> Bool { left.number < right.number }

  /// The level that the number belongs to; nil for 0.
  package var level: Level? { number == 0 ? nil : Level.allCases[(Int(number) - 1) / 4] }

  /// The number that a level name stands for, whatever its case: the six levels, and the names of syslog and common
  /// libraries as the specification's appendix B maps them.
  package init?(name: String) {
    switch name.lowercased() {
    case "trace", "verbose", "finest": self = .trace
    case "debug", "fine": self = .debug
    case "info", "information", "informational": self = .info
    case "notice": self = Severity(trusted: 10)
    case "warn", "warning": self = .warn
    case "error", "err", "severe": self = .error
    case "critical", "crit": self = Severity(trusted: 18)
    case "alert": self = Severity(trusted: 19)
    case "fatal", "emergency", "emerg", "panic": self = .fatal
    default: return nil
    }
  }
}

/// The six ranges of severity numbers, four numbers each.
package enum Level: String, CaseIterable, Sendable {
  case trace = "TRACE"
  case debug = "DEBUG"
  case info = "INFO"
  case warn = "WARN"
  case error = "ERROR"
  case fatal = "FATAL"

  /// Nil if the name is none of the six, whatever its case.
  package init?(name: String) { self.init(rawValue: name.uppercased()) }

  /// `ERROR` is 17 to 20.
  package var severities: ClosedRange<UInt8> {
    let first = UInt8(Level.allCases.firstIndex(of: self) ?? 0) * 4 + 1
    return first...(first + 3)
  }
}
