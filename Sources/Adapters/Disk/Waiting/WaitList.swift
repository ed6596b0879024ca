import Application
import Threads

/// Tasks that wait for something to change, without polling.
///
/// Take a ticket, look, and wait with the ticket if what you saw was not enough: a change between the look and the wait
/// returns at once. Spurious wake-ups happen; look again.
final class WaitList: Sendable {
  /// How often it had changed.
  struct Ticket: Sendable {
    fileprivate let changes: UInt64
  }

  enum Outcome: Sendable {
    case changed, timedOut, cancelled
  }

  private struct State {
    var changes: UInt64 = 0
    var nextWaiter: UInt64 = 0
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    /// Waiters that gave up before they had lain down.
    var abandoned: Set<UInt64> = []
  }

  private let state = Lock(State())

  func ticket() -> Ticket { Ticket(changes: state.withLock { $0.changes }) }

  /// Wakes everybody.
  func change() {
    let waiters = state.withLock { state in
      state.changes += 1
      defer { state.waiters.removeAll() }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits for a change since the ticket was taken.
  func wait(_ ticket: Ticket, for patience: Duration, _ clock: any WallClock) async -> Outcome {
    if Task.isCancelled { return .cancelled }
    if state.withLock({ $0.changes != ticket.changes }) { return .changed }
    if patience <= .zero { return .timedOut }
    return await withTaskGroup(of: Outcome.self) { group in
      group.addTask { await self.wait(ticket) }
      group.addTask {
        do throws(CancellationError) { try await clock.sleep(for: patience) } catch { return .cancelled }
        return .timedOut
      }
      // Both end: the group waits for the other one, which is cancelled.
      let outcome = await group.next() ?? .cancelled
      group.cancelAll()
      return outcome
    }
  }

  /// Waits for a change since the ticket was taken, however long that takes, unless the task is cancelled.
  func wait(_ ticket: Ticket) async -> Outcome {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.changes != ticket.changes || state.abandoned.remove(id) != nil { return true }
          state.waiters[id] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        if let waiter = state.waiters.removeValue(forKey: id) { return Optional(waiter) }
        state.abandoned.insert(id)
        return nil
      }
      waiter?.resume()
    }
    return state.withLock { state in
      // Cancelled after a change had woken it: nobody else takes the mark away.
      state.abandoned.remove(id)
      return state.changes != ticket.changes ? .changed : .cancelled
    }
  }
}
