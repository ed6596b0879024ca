import Threads

/// A question that blocks a thread while it is asked, and whose answer must not be older than the question: who asks while one
/// is under way shares the next one with all that came meanwhile.
final class SharedQuestion<Answer: Sendable>: Sendable {
  typealias Outcome = Result<Answer, KafkaError>

  private struct State {
    var isAsking = false
    var nextAsker: UInt64 = 0
    var askers: [UInt64: CheckedContinuation<Outcome?, Never>] = [:]
    /// Askers that gave up before they had lain down.
    var abandoned: Set<UInt64> = []
  }

  private enum Next { case leave, wait, lead }

  private let state = Lock(State())
  private let pool: ThreadPool
  private let question: @Sendable () -> Outcome

  /// - Parameters:
  ///   - pool: Whose threads the question blocks, one at a time.
  ///   - question: Ends by itself within a bounded time.
  init(on pool: ThreadPool, _ question: @escaping @Sendable () -> Outcome) {
    self.pool = pool
    self.question = question
  }

  /// - Returns: Nil if the task was cancelled first.
  func ask() async -> Outcome? {
    let id = state.withLock { state in
      state.nextAsker += 1
      return state.nextAsker
    }
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { lieDown($0, as: id) }
    } onCancel: {
      let asker: CheckedContinuation<Outcome?, Never>? = state.withLock { state in
        if let asker = state.askers.removeValue(forKey: id) { return asker }
        state.abandoned.insert(id)
        return nil
      }
      asker?.resume(returning: nil)
    }
    // Cancelled after it had the answer: nobody else takes the mark away.
    state.withLock { state in _ = state.abandoned.remove(id) }
    return outcome
  }

  private func lieDown(_ asker: CheckedContinuation<Outcome?, Never>, as id: UInt64) {
    let next: Next = state.withLock { state in
      if state.abandoned.remove(id) != nil { return .leave }
      state.askers[id] = asker
      if state.isAsking { return .wait }
      state.isAsking = true
      return .lead
    }
    switch next {
    case .leave: asker.resume(returning: nil)
    case .wait: break
    // A task of its own, since the asker may be cancelled while others wait for the same answer. Ends when nobody asks.
    case .lead: Task(executorPreference: pool) { self.askWhileWanted() }
    }
  }

  private func askWhileWanted() {
    while true {
      let askers = state.withLock { state in
        let askers = Array(state.askers.values)
        state.askers = [:]
        if askers.isEmpty { state.isAsking = false }
        return askers
      }
      if askers.isEmpty { return }
      let outcome = question()
      for asker in askers { asker.resume(returning: outcome) }
    }
  }
}
