import Threads

/// A result that comes once, from whoever is first: the work, its deadline, or the cancellation of who waits.
final class OneShot<Value: Sendable>: Sendable {
  private struct State {
    var outcome: Result<Value, TransportError>?
    var waiter: Waiter?
  }

  private let state = Lock(State())

  /// - Returns: False if there was a result already, and `outcome` is dropped.
  @discardableResult
  func resolve(_ outcome: Result<Value, TransportError>) -> Bool {
    let (isFirst, waiter) = state.withLock { state -> (Bool, Waiter?) in
      if state.outcome != nil { return (false, nil) }
      state.outcome = outcome
      defer { state.waiter = nil }
      return (true, state.waiter)
    }
    waiter?.resume()
    return isFirst
  }

  /// To be awaited by one task.
  func value() async throws(TransportError) -> Value {
    await withTaskCancellationHandler {
      await Waiter.wait { waiter in
        let mustWait = state.withLock { state in
          if state.outcome != nil { return false }
          state.waiter = waiter
          return true
        }
        if !mustWait { waiter.resume() }
      }
    } onCancel: {
      resolve(.failure(.cancelled))
    }
    guard let outcome = state.withLock({ $0.outcome }) else {
      preconditionFailure("woken without a result")
    }
    return try outcome.get()
  }
}
