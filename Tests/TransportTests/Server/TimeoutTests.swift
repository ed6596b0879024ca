import Testing
import Transport

/// Time-outs, set short. Their grain is 250 ms, so each takes up to that more.
@Suite(.timeLimit(.minutes(1)))
struct TimeoutTests {
  private static func limits(_ change: (inout HTTPServerLimits) -> Void) -> HTTPServerLimits {
    var limits = HTTPServerLimits()
    change(&limits)
    return limits
  }

  @Test("a connection that says nothing is closed, counted as a time-out")
  func silence() async throws {
    try await LoopbackServer.with(
      limits: Self.limits { $0.headerTimeout = .milliseconds(100) }, handler: Handlers.count
    ) {
      loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      #expect(try await connection.read() == nil)
      try await eventually { loopback.server.statistics.timeouts == 1 }
    }
  }

  @Test("a head that does not end is answered with 408")
  func header() async throws {
    try await LoopbackServer.with(limits: Self.limits { $0.headerTimeout = .seconds(2) }, handler: Handlers.count) {
      loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array("GET / HTTP/1.1\r\nHost:".utf8))
      #expect(RawHTTP.statuses(await RawHTTP.readAll(connection)) == [408])
      #expect(loopback.server.statistics.timeouts == 1)
    }
  }

  @Test("HTTP/1.1: a connection without requests is closed")
  func idleHTTP1() async throws {
    try await LoopbackServer.with(limits: Self.limits { $0.idleTimeout = .milliseconds(100) }, handler: Handlers.count)
    {
      loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array(HTTP1Probe.get.utf8))
      #expect(RawHTTP.statuses(await RawHTTP.readAll(connection)) == [200])
    }
  }

  @Test("HTTP/2: a connection without streams is closed by GOAWAY, one with a resting stream is kept")
  func idleHTTP2() async throws {
    try await LoopbackServer.with(limits: Self.limits { $0.idleTimeout = .seconds(1) }, handler: Handlers.echo) {
      loopback in
      let idle = try await loopback.connect()
      let busy = try await loopback.connect()
      let stream = try await busy.open(HTTPRequestHead(method: "POST", target: "/"))
      _ = try await stream.response()
      try await eventually { !idle.isUsable && loopback.server.statistics.connectionsOpen == 1 }
      #expect(busy.isUsable)
      try await stream.write([1])
      #expect(try await stream.read() == [1])
    }
  }

  @Test("HTTP/2: PINGs do not keep a connection that asks for nothing")
  func idleWithPings() async throws {
    try await LoopbackServer.with(limits: Self.limits { $0.idleTimeout = .seconds(1) }, handler: Handlers.echo) {
      loopback in
      var configuration = HTTP2ClientConfiguration()
      configuration.keepaliveInterval = .milliseconds(200)
      let client = try await loopback.connect(configuration)
      try await eventually { !client.isUsable && loopback.server.statistics.connectionsOpen == 0 }
    }
  }

  @Test("HTTP/1.1: a body that trickles is answered with 408, and the handler's task ends")
  func bodyRate() async throws {
    let limits = Self.limits {
      $0.minBodyBytesPerSecond = 1000
      $0.bodyRateWindow = .milliseconds(500)
    }
    let ended = Signal()
    let handler: HTTPHandler = { exchange in
      do throws(TransportError) {
        while try await exchange.read() != nil {}
        Issue.record("the body ended")
      } catch {
        if case .timedOut = error { ended.fire() } else { Issue.record(error) }
      }
    }
    try await LoopbackServer.with(limits: limits, handler: handler) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc".utf8))
      #expect(RawHTTP.statuses(await RawHTTP.readAll(connection)) == [408])
      await ended.wait()
    }
  }

  @Test("a handler that does not read is not held against the client")
  func slowHandler() async throws {
    let handler: HTTPHandler = { exchange in
      try? await Task.sleep(for: .milliseconds(1500))
      await Handlers.count(exchange)
    }
    let size = 400_000
    try await LoopbackServer.with(limits: Self.limits { $0.bodyRateWindow = .milliseconds(500) }, handler: handler) {
      loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      // At once, and more than the server takes for a handler that does not read: the rest waits in the kernel.
      let head = Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n".utf8)
      try await connection.write(head + [UInt8](repeating: 1, count: size))
      let text = try await RawHTTP.read(connection) { $0.hasSuffix("\r\n\r\n\(size)") }
      #expect(RawHTTP.statuses(text) == [200])
    }
  }

  @Test("a client that takes no bytes is dropped", arguments: [HTTPProtocols.http1, .http2])
  func writeStall(_ protocols: HTTPProtocols) async throws {
    let ended = Signal()
    let handler: HTTPHandler = { exchange in
      do throws(TransportError) {
        try exchange.start(HTTPResponseHead(status: 200))
        while true { try await exchange.write([UInt8](repeating: 1, count: 256 << 10)) }
      } catch {
        ended.fire()
      }
    }
    try await LoopbackServer.with(limits: Self.limits { $0.writeStallTimeout = .milliseconds(300) }, handler: handler) {
      loopback in
      if protocols == .http2 {
        let stream = try await loopback.connect().open(HTTPRequestHead(method: "GET", target: "/"))
        await ended.wait()
        _ = await #expect(throws: TransportError.self) { _ = try await stream.readAll() }
      } else {
        let connection = try await RawHTTP.connect(to: loopback)
        try await connection.write(Array(HTTP1Probe.get.utf8))
        await ended.wait()
      }
      #expect(loopback.server.statistics.timeouts >= 1)
    }
  }

  @Test("what a client sends after an early answer is read for a while only")
  func linger() async throws {
    let handler: HTTPHandler = { exchange in try? await Handlers.answer(exchange, status: 401, "no") }
    try await LoopbackServer.with(limits: Self.limits { $0.lingerTimeout = .milliseconds(100) }, handler: handler) {
      loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n".utf8))
      #expect(RawHTTP.statuses(await RawHTTP.readAll(connection)) == [401])
      try await eventually { loopback.server.statistics.connectionsOpen == 0 }
    }
  }
}
