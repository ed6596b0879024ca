package import Domain

/// The time, and waiting for it.
package protocol WallClock: Sendable {
  /// The time of day. May jump when an operator sets it.
  func now() -> Timestamp

  /// Time that never goes backwards, from an arbitrary origin: for deadlines, ages and measurements.
  func elapsed() -> Duration

  /// Returns after `duration`, or throws `CancellationError` at once when the task is cancelled.
  func sleep(for duration: Duration) async throws(CancellationError)
}
