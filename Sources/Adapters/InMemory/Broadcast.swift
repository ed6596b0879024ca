import Threads

/// Wakes everybody who waits for something to change.
///
/// Read `count`, look at the state, and `wait(past:)` that count if it is not as wanted: no change is missed between.
final class Broadcast: Sendable {
  private struct State {
    var count = 0
    var nextWaiter = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Lock(State())

  /// Changes announced so far.
  var count: Int { state.withLock { $0.count } }

  func announce() {
    let waiters = state.withLock { state in
      state.count += 1
      defer { state.waiters.removeAll() }
      return state.waiters.values.map { $0 }
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns once there were more than `seen` announcements, or the task is cancelled.
  func wait(past seen: Int) async {
    let waiter = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isWaiting = state.withLock { state in
          // A cancellation either shows here or finds the waiter below.
          if state.count > seen || Task.isCancelled { return false }
          state.waiters[waiter] = continuation
          return true
        }
        if !isWaiting { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume()
    }
  }
}
