import Threads

/// Work that any number of tasks may want at the same time, and that is then done once for all of them.
final class SingleFlight<Value: Sendable>: Sendable {
  private struct State {
    var flight: SharedOutcome<Value>?
    var task: Task<Void, Never>?
    var isClosed = false
  }

  private let state = Lock(State())

  var isUnderWay: Bool { state.withLock { $0.flight != nil } }

  /// What `body` returns, or the one under way, if there is one.
  ///
  /// - Returns: Nil if the calling task is cancelled first (the work goes on for the others), or after `close`.
  func value(_ body: @escaping @Sendable () async -> Value) async -> Value? {
    let flight = state.withLock { state -> SharedOutcome<Value>? in
      if state.isClosed { return nil }
      if let flight = state.flight { return flight }
      let flight = SharedOutcome<Value>()
      state.flight = flight
      // Held until it ends, and awaited by `close`.
      state.task = Task {
        let value = await body()
        landed()
        flight.resolve(value)
      }
      return flight
    }
    return await flight?.wait()
  }

  /// Cancels the work under way and waits for its end.
  func close() async {
    let task = state.withLock { state in
      state.isClosed = true
      return state.task
    }
    task?.cancel()
    await task?.value
  }

  private func landed() {
    state.withLock { state in
      state.flight = nil
      state.task = nil
    }
  }
}
