import Threads

/// A lock that tasks wait for without blocking a thread, in the order in which they came.
final class Turn: Sendable {
  private struct State {
    var isHeld = false
    var nextWaiter: UInt64 = 0
    var waiters: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    /// Waiters that gave up before they had lain down.
    var abandoned: Set<UInt64> = []
  }

  private let state = Lock(State())

  /// Whether somebody waits for it.
  var isWanted: Bool { state.withLock { !$0.waiters.isEmpty } }

  /// - Returns: Whether it was taken; false if the task was cancelled first.
  func acquire() async -> Bool {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let isTaken = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome: Bool? = state.withLock { state in
          if state.abandoned.remove(id) != nil { return false }
          if !state.isHeld {
            state.isHeld = true
            return true
          }
          state.waiters.append((id, continuation))
          return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      let waiter: CheckedContinuation<Bool, Never>? = state.withLock { state in
        guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
          state.abandoned.insert(id)
          return nil
        }
        return state.waiters.remove(at: index).continuation
      }
      waiter?.resume(returning: false)
    }
    // Cancelled after it had been taken: nobody else takes the mark away.
    state.withLock { state in _ = state.abandoned.remove(id) }
    return isTaken
  }

  /// Takes it if nobody has it.
  func tryAcquire() -> Bool {
    state.withLock { state in
      if state.isHeld { return false }
      state.isHeld = true
      return true
    }
  }

  /// Hands it to the first that waits.
  func release() {
    let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
      if state.waiters.isEmpty {
        state.isHeld = false
        return nil
      }
      return state.waiters.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
