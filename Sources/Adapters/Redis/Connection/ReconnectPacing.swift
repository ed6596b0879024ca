/// When to try to connect again: a wait that doubles with each failure, up to a bound, and half of which is random, so that
/// many clients do not come back at the same moment.
///
/// Quiet (no failure since the last success), or waiting until a moment; `failed` leads to waiting, `succeeded` to quiet.
struct ReconnectPacing {
  private let waits: ClosedRange<Duration>
  private var failures = 0
  private var end: ContinuousClock.Instant?

  init(_ waits: ClosedRange<Duration>) { self.waits = waits }

  /// How long until the next attempt; nil if it may be now.
  func wait(at now: ContinuousClock.Instant) -> Duration? {
    guard let end, now < end else { return nil }
    return end - now
  }

  /// - Parameter chance: 0 to 1.
  mutating func failed(at now: ContinuousClock.Instant, chance: Double) {
    let doubled = waits.lowerBound * (1 << min(failures, 20))
    let whole = min(doubled, waits.upperBound)
    end = now + whole / 2 + whole / 2 * chance
    failures += 1
  }

  mutating func succeeded() {
    failures = 0
    end = nil
  }
}
