import Domain

/// How long to wait before a batch is sent again: twice as long each time, up to a bound, for ever.
package struct RetryDelay: Sendable {
  /// A server that restarts is back within seconds; asking it more often than it can answer keeps it down.
  package static let first = Duration.milliseconds(100)
  package static let longest = Duration.seconds(10)

  private var base = first

  package init() {}

  /// - Parameters:
  ///   - asked: What the server asked for: then that, and not less.
  ///   - random: Any number: a quarter more or less, so that many senders do not come back at once.
  package mutating func next(asked: Duration?, random: UInt64) -> Duration {
    let spread = base / 2 * (Double(random >> 11) * 0x1p-53)
    let delay = base * 3 / 4 + spread
    base = min(base * 2, Self.longest)
    guard let asked else { return delay }
    return max(asked, .zero) + spread / 8
  }
}
