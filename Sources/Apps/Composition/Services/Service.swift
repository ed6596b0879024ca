/// A part of a process that runs as long as the process does: a listener, a poller, a sweeper.
package protocol Service: Sendable {
  /// For errors and logs: `gRPC server`.
  var name: String { get }

  /// Works until the task is cancelled, then stops in an orderly way (no new work, finish or hand back what was begun, close)
  /// and returns. Throwing `CancellationError` at that point is the same as returning.
  ///
  /// What can fail at start (a port that is taken) should fail before the group runs, in the composition root, where the
  /// setting is known.
  func run() async throws
}
