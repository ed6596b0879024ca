import Application
import Threads

/// Wakes the one task that waits on it. A wake while nobody waits is kept for the next wait.
final class WakeSignal: Sendable {
  private enum State {
    case idle, woken
    case waiting(CheckedContinuation<Void, Never>)
  }

  private let state = Lock(State.idle)

  /// From any thread; does not block.
  func wake() {
    let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
      if case .waiting(let continuation) = state {
        state = .idle
        return continuation
      }
      state = .woken
      return nil
    }
    waiter?.resume()
  }

  /// Returns when it is woken, when the time is up, or when the task is cancelled. One task at a time.
  func wait(for patience: Duration, _ clock: any WallClock) async {
    await withTaskGroup { group in
      group.addTask { await self.wait() }
      group.addTask {
        // Cancelled when the other one is first: nothing is left to do.
        do throws(CancellationError) { try await clock.sleep(for: patience) } catch {}
      }
      await group.next()
      group.cancelAll()
    }
  }

  /// The same, however long it takes.
  func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if case .woken = state {
            state = .idle
            return true
          }
          state = .waiting(continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      wake()
    }
    // A cancellation may have left a wake behind, which costs the next wait one look too many and no more.
  }
}
