import Application
import Domain
import Threads

extension LogPartition {
  /// How long a failed write is worth telling, if nothing was written since.
  private static let memory = Duration.seconds(10)

  var failedWrite: String? {
    let now = surroundings.clock.elapsed()
    guard let failure = state.withLock({ $0.failedWrite }), now - failure.time < Self.memory else { return nil }
    return "partition \(id) of the log: \(failure.reason)"
  }

  var failedRead: String? {
    state.withLock { $0.failedRead }.map {
      "partition \(id) of the log cannot be read on, and is tried again: \($0)"
    }
  }

  /// Tells of a read that failed for another reason than damage.
  func note(failedRead reason: String) {
    state.withLock { $0.failedRead = reason }
    surroundings.telemetry.record(.logReadFailed(partition: id, reason: reason))
  }
}
