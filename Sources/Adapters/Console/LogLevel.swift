/// How much of our own doings is told.
package enum LogLevel: String, CaseIterable, Comparable, Sendable {
  case debug, info, warn
  /// A person should look.
  case error

  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .warn: 2
    case .error: 3
    }
  }
}
