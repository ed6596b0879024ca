import Testing
import Transport

/// A client that leaves costs nothing more: its handler's task is cancelled and whatever it waits for throws.
@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
  enum Waiting: String, CaseIterable, Sendable { case reading, writing, sleeping }

  /// Waits for what never comes, and fires `ended` when that ends.
  private static func handler(_ waiting: Waiting, began: Signal, ended: Signal) -> HTTPHandler {
    { exchange in
      do {
        switch waiting {
        case .reading:
          began.fire()
          while try await exchange.read() != nil {}
        case .writing:
          try exchange.start(HTTPResponseHead(status: 200))
          began.fire()
          while true { try await exchange.write([UInt8](repeating: 1, count: 65_536)) }
        case .sleeping:
          began.fire()
          try await Task.sleep(for: .seconds(3600))
        }
      } catch {
        #expect(Task.isCancelled)
        ended.fire()
      }
    }
  }

  @Test("HTTP/2: a reset stream cancels its handler", arguments: Waiting.allCases)
  func resetStream(_ waiting: Waiting) async throws {
    let (began, ended) = (Signal(), Signal())
    try await LoopbackServer.with(handler: Self.handler(waiting, began: began, ended: ended)) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      await began.wait()
      stream.cancel()
      await ended.wait()
      await #expect(throws: TransportError.cancelled) { try await stream.read() }
      try await eventually { loopback.server.statistics.exchangesLive == 0 }
      #expect(loopback.server.statistics.exchangesCancelled == 1)
      #expect(client.isUsable)
    }
  }

  @Test("HTTP/2: a closed connection cancels its handlers", arguments: Waiting.allCases)
  func closedConnection(_ waiting: Waiting) async throws {
    let (began, ended) = (Signal(), Signal())
    try await LoopbackServer.with(handler: Self.handler(waiting, began: began, ended: ended)) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      await began.wait()
      client.close()
      await ended.wait()
      await #expect(throws: TransportError.cancelled) { try await stream.read() }
      try await eventually { loopback.server.statistics.connectionsOpen == 0 }
    }
  }

  @Test("HTTP/1.1: a closed connection cancels its handler", arguments: Waiting.allCases)
  func closedHTTP1(_ waiting: Waiting) async throws {
    let (began, ended) = (Signal(), Signal())
    try await LoopbackServer.with(handler: Self.handler(waiting, began: began, ended: ended)) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      let length = waiting == .reading ? "Content-Length: 10\r\n" : ""
      try await connection.write(Array("POST / HTTP/1.1\r\nHost: x\r\n\(length)\r\n".utf8))
      await began.wait()
      connection.close()
      await ended.wait()
      try await eventually { loopback.server.statistics.connectionsOpen == 0 }
      #expect(loopback.server.statistics.exchangesCancelled == 1)
    }
  }

  @Test("a task that waits in a call of the client's stream is woken by its own cancellation")
  func ownCancellation() async throws {
    let handler: HTTPHandler = { exchange in try? await Task.sleep(for: .seconds(3600)) }
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      let reader = Task { () -> TransportError? in
        do throws(TransportError) {
          _ = try await stream.read()
          return nil
        } catch { return error }
      }
      let writer = Task { () -> TransportError? in
        do throws(TransportError) {
          while true { try await stream.write([UInt8](repeating: 1, count: 1 << 20)) }
        } catch { return error }
      }
      let waiter = Task { () -> TransportError? in
        do throws(TransportError) {
          _ = try await stream.response()
          return nil
        } catch { return error }
      }
      try await Task.sleep(for: .milliseconds(20))
      for task in [reader, writer, waiter] { task.cancel() }
      for task in [reader, writer, waiter] { #expect(await task.value == .cancelled) }
    }
  }

  @Test("a handler may abort: the client sees a reset, not an end", arguments: [HTTPProtocols.http1, .http2])
  func abort(_ protocols: HTTPProtocols) async throws {
    let handler: HTTPHandler = { exchange in
      try? exchange.start(HTTPResponseHead(status: 200))
      exchange.abort()
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      if protocols == .http2 {
        let stream = try await loopback.connect().open(HTTPRequestHead(method: "GET", target: "/"))
        _ = await #expect(throws: TransportError.self) { _ = try await stream.readAll() }
      } else {
        let connection = try await RawHTTP.connect(to: loopback)
        try await connection.write(Array(HTTP1Probe.get.utf8))
        #expect(!(await RawHTTP.readAll(connection)).hasSuffix("0\r\n\r\n"))
      }
    }
  }
}
