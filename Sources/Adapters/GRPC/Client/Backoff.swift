/// How long to wait before the next attempt: doubling, with jitter.
struct Backoff {
  private let first: Duration
  private let longest: Duration
  private var failures = 0

  init(first: Duration, longest: Duration) {
    self.first = first
    self.longest = longest
  }

  /// - Parameter chance: 0 to 1.
  /// - Returns: Half to all of the current step.
  mutating func failed(chance: Double) -> Duration {
    // 2^20 steps are beyond any longest wait.
    let step = min(first * (1 << min(failures, 20)), longest)
    failures += 1
    return step / 2 + step / 2 * chance
  }

  mutating func succeeded() { failures = 0 }
}
