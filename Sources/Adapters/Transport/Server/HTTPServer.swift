import Threads

/// A listening socket and the connections that came of it, spread over event loops.
package final class HTTPServer: Sendable {
  private let loops: [EventLoop]
  private let context: ServerContext
  private let listener = Lock<Listener?>(nil)

  /// - Parameters:
  ///   - loops: At least one, started, and stopped only after `drain`; several servers may share them. The first one
  ///     accepts.
  ///   - handler: Runs once a request, on the connection's loop.
  package init(configuration: HTTPServerConfiguration, loops: [EventLoop], handler: @escaping HTTPHandler) {
    precondition(!loops.isEmpty, "a server needs an event loop")
    self.loops = loops
    context = ServerContext(configuration: configuration, handler: handler)
  }

  /// Listens and accepts from now on. Once.
  ///
  /// - Returns: The port, which the system chose if the configuration's is 0.
  /// - Throws: `.portTaken`; `.cannotListen` with address, port and reason: the address not of this machine, the port
  ///   below 1024 without the right.
  package func start() throws(TransportError) -> Int {
    let listener = try Listener(context: context, loops: loops)
    self.listener.withLock { $0 = listener }
    return listener.port
  }

  /// Stops accepting, tells clients (GOAWAY, `Connection: close`), waits for what runs, at most `deadline`, then aborts
  /// the rest: their tasks are cancelled. Connections are closed when it returns. A second call waits likewise.
  package func drain(deadline: Duration) async {
    let listener = self.listener.withLock { listener in
      defer { listener = nil }
      return listener
    }
    await listener?.close()
    let context = context
    for loop in loops {
      loop.execute { Self.forEachConnection(of: context, on: loop) { $0.drain() } }
      let abort: @Sendable () -> Void = { Self.forEachConnection(of: context, on: loop) { $0.close(.cancelled) } }
      if deadline <= .zero { loop.execute(abort) } else { loop.execute { loop.after(deadline, abort) } }
    }
    await context.waitUntilIdle()
  }

  package var statistics: HTTPServerStatistics { context.counters.snapshot }

  private static func forEachConnection(
    of context: ServerContext, on loop: EventLoop, _ body: (any ServerConnection) -> Void
  ) {
    for connection in Array(loop.connections.values) {
      if let connection = connection as? any ServerConnection, connection.server === context { body(connection) }
    }
  }
}
