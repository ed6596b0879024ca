import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTP2LimitTests {
  @Test(
    "a head beyond a limit is answered without a handler",
    arguments: [
      (HTTPRequestHead(method: "GET", target: "/" + String(repeating: "a", count: 20_000)), 414),
      (HTTPRequestHead(method: "GET", target: "/", fields: ["x": String(repeating: "a", count: 40_000)]), 431),
      (HTTPRequestHead(method: "GET", target: "/", fields: Self.fields(101)), 431),
      (HTTPRequestHead(method: "GET", target: "/", authority: "a", fields: ["host": "b"]), 400),
    ])
  func head(request: HTTPRequestHead, status: Int) async throws {
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(request)
      #expect(try await stream.response().status == status)
      #expect(loopback.server.statistics.exchangesTotal == 0)
      // The connection's header table is still in step.
      let next = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      next.finish()
      #expect(try await next.readAll() == Array("0".utf8))
    }
  }

  @Test("handlers that do not end are not started without bound by a client that resets")
  func rapidReset() async throws {
    let release = Signal()
    let started = Counter()
    let handler: HTTPHandler = { exchange in
      started.add(1)
      // Deaf to its cancellation.
      await Task { await release.wait() }.value
    }
    var limits = HTTPServerLimits()
    limits.maxLiveHandlersPerConnection = 10
    try await LoopbackServer.with(limits: limits, handler: handler) { loopback in
      let client = try await loopback.connect()
      for _ in 0..<50 {
        let stream = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
        stream.cancel()
        try await Task.sleep(for: .milliseconds(1))
      }
      #expect(try await started.settled() <= 10)
      release.fire()
      try await eventually { loopback.server.statistics.exchangesLive == 0 }
      let stream = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      #expect(try await stream.response().status == 500)
    }
  }

  @Test("streams beyond the server's limit wait for one to end")
  func concurrentStreams() async throws {
    let live = Counter()
    let most = Counter()
    let handler: HTTPHandler = { exchange in
      live.add(1)
      if live.value > most.value { most.add(live.value - most.value) }
      try? await Task.sleep(for: .milliseconds(20))
      live.add(-1)
      await Handlers.count(exchange)
    }
    var limits = HTTPServerLimits()
    limits.http2.maxConcurrentStreams = 3
    try await LoopbackServer.with(limits: limits, handler: handler) { loopback in
      let client = try await loopback.connect()
      // The limit holds once the client has seen the server's SETTINGS.
      let first = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      first.finish()
      _ = try await first.readAll()
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<12 {
          group.addTask {
            do {
              let stream = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
              stream.finish()
              _ = try await stream.readAll()
            } catch {
              Issue.record(error)
            }
          }
        }
      }
      #expect(most.value <= 3)
    }
  }

  @Test("an early answer stops the client's body")
  func earlyAnswer() async throws {
    let handler: HTTPHandler = { exchange in try? await Handlers.answer(exchange, status: 413, "too much") }
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      let error = await #expect(throws: TransportError.self) {
        while true { try await stream.write([UInt8](repeating: 1, count: 1 << 20)) }
      }
      #expect(error == .closedByPeer(detail: "the stream has ended"))
      #expect(try await stream.response().status == 413)
      #expect(try await stream.readAll() == Array("too much".utf8))
      // What was sent and not read does not eat up the connection's window.
      for _ in 0..<10 {
        let next = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
        while (try? await next.write([UInt8](repeating: 1, count: 1 << 20))) != nil {}
        #expect(try await next.response().status == 413)
      }
    }
  }

  @Test("bytes that are no HTTP/2 behind the preface end the connection, counted")
  func garbage() async throws {
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [UInt8](repeating: 0xff, count: 100))
      while (try? await connection.read()) ?? nil != nil {}
      try await eventually { loopback.server.statistics.protocolErrors > 0 }
      try await eventually { loopback.server.statistics.connectionsOpen == 0 }
    }
  }

  @Test("a handler that returns without an answer gives 500, within one a reset")
  func unfinished() async throws {
    let handler: HTTPHandler = { exchange in
      if exchange.request.target == "/started" { try? exchange.start(HTTPResponseHead(status: 200)) }
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect()
      let silent = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      #expect(try await silent.response().status == 500)
      let started = try await client.open(HTTPRequestHead(method: "GET", target: "/started"))
      let error = await #expect(throws: TransportError.self) { _ = try await started.readAll() }
      #expect(error == .closedByPeer(detail: "the stream was reset: INTERNAL_ERROR"))
    }
  }

  private static func fields(_ count: Int) -> HTTPFields {
    var fields = HTTPFields()
    for number in 0..<count { fields.append("x-\(number)", "a") }
    return fields
  }
}
