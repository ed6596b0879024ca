import Synchronization
import Threads

/// What the connections of one server share, on all its loops.
final class ServerContext: Sendable {
  private struct State {
    var openConnections = 0
    var idleWaiters: [Waiter] = []
  }

  let configuration: HTTPServerConfiguration
  let handler: HTTPHandler
  let counters = ServerCounters()
  private let state = Lock(State())

  init(configuration: HTTPServerConfiguration, handler: @escaping HTTPHandler) {
    self.configuration = configuration
    self.handler = handler
  }

  var limits: HTTPServerLimits { configuration.limits }

  /// - Returns: False if as many connections are open as may be.
  func admitConnection() -> Bool {
    let isAdmitted = state.withLock { state in
      if state.openConnections >= limits.maxConnections { return false }
      state.openConnections += 1
      return true
    }
    if isAdmitted {
      counters.connectionsAccepted.add(1, ordering: .relaxed)
      counters.connectionsOpen.add(1, ordering: .relaxed)
    } else {
      counters.connectionsRefused.add(1, ordering: .relaxed)
    }
    return isAdmitted
  }

  func connectionClosed(_ reason: TransportError) {
    counters.count(reason)
    counters.connectionsOpen.subtract(1, ordering: .relaxed)
    let waiters = state.withLock { state in
      state.openConnections -= 1
      if state.openConnections > 0 { return [Waiter]() }
      defer { state.idleWaiters = [] }
      return state.idleWaiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns when no connection is open.
  func waitUntilIdle() async {
    await Waiter.wait { waiter in
      let isIdle = state.withLock { state in
        if state.openConnections == 0 { return true }
        state.idleWaiters.append(waiter)
        return false
      }
      if isIdle { waiter.resume() }
    }
  }
}
