import Threads

/// Something that happens once and that any number of tasks may wait for, each of which can be cancelled by itself
/// (waiting for a `Task`'s value cannot).
final class SharedOutcome<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var nextID = 0
    var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
  }

  private let state = Lock(State())

  /// Nil until it has happened.
  var value: Value? { state.withLock { $0.value } }

  /// Only the first call counts.
  func resolve(_ value: Value) {
    let waiters = state.withLock { state in
      if state.value == nil { state.value = value }
      defer { state.waiters = [:] }
      return state.waiters
    }
    for waiter in waiters.values { waiter.resume(returning: value) }
  }

  /// Nil if the task is cancelled first.
  func wait() async -> Value? {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          // A cancellation before this point found no waiter to wake.
          if state.value != nil || Task.isCancelled { return true }
          state.waiters[id] = continuation
          return false
        }
        if isOver { continuation.resume(returning: value) }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
      waiter?.resume(returning: nil)
    }
  }
}
