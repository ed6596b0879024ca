import Threads

/// Something that happens once, for a test to await.
final class Signal: Sendable {
  private let waiting = Lock((hasFired: false, waiters: [CheckedContinuation<Void, Never>]()))

  func fire() {
    let waiters = waiting.withLock { waiting in
      waiting.hasFired = true
      defer { waiting.waiters = [] }
      return waiting.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  var hasFired: Bool { waiting.withLock { $0.hasFired } }

  /// Returns once `fire` was called, before or after; also when the task is cancelled, by the suite's time limit.
  func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let hasFired = waiting.withLock { waiting in
          if !waiting.hasFired { waiting.waiters.append(continuation) }
          return waiting.hasFired
        }
        if hasFired { continuation.resume() }
      }
    } onCancel: {
      fire()
    }
  }
}
