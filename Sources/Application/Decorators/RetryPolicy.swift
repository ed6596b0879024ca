/// How often and how long to try again. Pauses double from the first on, with jitter, and follow what the other side asks.
package struct RetryPolicy: Hashable, Sendable {
  package var attempts = 4
  package var firstPause = Duration.milliseconds(50)
  package var maximumPause = Duration.seconds(2)

  package init() {}

  package init(attempts: Int, firstPause: Duration, maximumPause: Duration) {
    precondition(attempts >= 1, "a retry policy tries at least once")
    self.attempts = attempts
    self.firstPause = firstPause
    self.maximumPause = maximumPause
  }

  /// The pause after a failed attempt; nil if that was the last.
  ///
  /// - Parameters:
  ///   - attempt: Counted from 1.
  ///   - asked: What the other side asked for, if it did.
  ///   - jitter: 0 to 1; the pause is between half and all of what doubling gives.
  package func pause(after attempt: Int, asked: Duration?, jitter: Double) -> Duration? {
    guard attempt < attempts else { return nil }
    var pause = firstPause
    for _ in 1..<attempt where pause < maximumPause { pause *= 2 }
    pause = min(pause, maximumPause)
    return max(asked ?? .zero, pause * (0.5 + 0.5 * min(max(jitter, 0), 1)))
  }
}
