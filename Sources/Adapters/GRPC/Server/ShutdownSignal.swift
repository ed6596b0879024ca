/// Tells long-lived streams that the server is about to stop.
struct ShutdownSignal: Sendable {
  private let signal = SharedOutcome<Bool>()

  var hasBegun: Bool { signal.value != nil }

  func begin() { signal.resolve(true) }

  /// Returns when the shutdown begins, or the task is cancelled.
  func wait() async { _ = await signal.wait() }
}
