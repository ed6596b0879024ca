import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct DrainTests {
  /// Answers once it may.
  private static func handler(_ began: Signal, _ goOn: Signal) -> HTTPHandler {
    { exchange in
      began.fire()
      await goOn.wait()
      await Handlers.count(exchange)
    }
  }

  @Test("HTTP/2: what runs is finished, new streams and connections are refused")
  func finishesHTTP2() async throws {
    let (began, goOn) = (Signal(), Signal())
    try await LoopbackServer.with(loops: 2, handler: Self.handler(began, goOn)) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      await began.wait()
      async let drained: Void = loopback.server.drain(deadline: .seconds(30))
      try await eventually { !client.isUsable }
      _ = await #expect(throws: TransportError.self) {
        try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      }
      _ = await #expect(throws: TransportError.self) { try await RawHTTP.connect(to: loopback) }
      goOn.fire()
      try await stream.write([1, 2, 3])
      stream.finish()
      #expect(try await stream.readAll() == Array("3".utf8))
      await drained
      #expect(loopback.server.statistics.connectionsOpen == 0)
      #expect(loopback.server.statistics.exchangesCancelled == 0)
    }
  }

  @Test("HTTP/1.1: what runs is finished and the connection then closed, idle ones at once")
  func finishesHTTP1() async throws {
    let (began, goOn) = (Signal(), Signal())
    try await LoopbackServer.with(handler: Self.handler(began, goOn)) { loopback in
      let idle = try await RawHTTP.connect(to: loopback)
      let busy = try await RawHTTP.connect(to: loopback)
      try await busy.write(Array(HTTP1Probe.get.utf8))
      await began.wait()
      async let drained: Void = loopback.server.drain(deadline: .seconds(30))
      async let again: Void = loopback.server.drain(deadline: .seconds(30))
      #expect(try await idle.read() == nil)
      goOn.fire()
      let text = await RawHTTP.readAll(busy)
      #expect(text.contains("connection: close"))
      #expect(RawHTTP.statuses(text) == [200])
      await drained
      await again
    }
  }

  @Test("what still runs at the deadline is aborted and its task cancelled")
  func abortsAtDeadline() async throws {
    let (began, ended) = (Signal(), Signal())
    let handler: HTTPHandler = { exchange in
      began.fire()
      try? await Task.sleep(for: .seconds(3600))
      ended.fire()
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      await began.wait()
      await loopback.server.drain(deadline: .milliseconds(300))
      await ended.wait()
      _ = await #expect(throws: TransportError.self) { try await stream.response() }
      #expect(loopback.server.statistics.connectionsOpen == 0)
    }
  }

  @Test("a loop that stops ends what is open on it")
  func stopsLoop() async throws {
    let loop = EventLoop()
    loop.start()
    let ended = Signal()
    let handler: HTTPHandler = { exchange in
      _ = try? await exchange.read()
      ended.fire()
    }
    let server = HTTPServer(
      configuration: try HTTPServerConfiguration(address: "127.0.0.1", port: 0), loops: [loop], handler: handler)
    let port = try server.start()
    let clientLoop = EventLoop()
    clientLoop.start()
    let client = try await HTTP2Client.connect(host: "127.0.0.1", port: port, loop: clientLoop)
    let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
    try await eventually { server.statistics.exchangesLive == 1 }
    loop.stop()
    await ended.wait()
    _ = await #expect(throws: TransportError.self) { try await stream.response() }
    await server.drain(deadline: .zero)
    clientLoop.stop()
    // The thread ends in its own time.
    try await eventually { !loop.execute {} }
  }
}
