import Threads

/// A result that comes once, from whoever is first: the work, its deadline, or the cancellation of who waits.
final class OneShot<Value: Sendable>: Sendable {
  private struct State {
    var outcome: Result<Value, TransportError>?
    var waiter: Waiter<Value>?
  }

  private let state = Lock(State())

  /// - Returns: False if there was a result already, and `outcome` is dropped.
  @discardableResult
  func resolve(_ outcome: Result<Value, TransportError>) -> Bool {
    let (isFirst, waiter) = state.withLock { state -> (Bool, Waiter<Value>?) in
      if state.outcome != nil { return (false, nil) }
      state.outcome = outcome
      defer { state.waiter = nil }
      return (true, state.waiter)
    }
    waiter?.resume(outcome)
    return isFirst
  }

  /// To be awaited by one task.
  func value() async throws(TransportError) -> Value {
    let outcome = await withTaskCancellationHandler {
      await Waiter.wait { waiter in
        let outcome = state.withLock { state in
          if state.outcome == nil { state.waiter = waiter }
          return state.outcome
        }
        if let outcome { waiter.resume(outcome) }
      }
    } onCancel: {
      resolve(.failure(.cancelled))
    }
    return try outcome.get()
  }
}
