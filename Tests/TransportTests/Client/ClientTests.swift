import Glibc
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ClientTests {
  private static func withLoop<Result>(_ body: (EventLoop) async throws -> Result) async throws -> Result {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    return try await body(loop)
  }

  @Test("a port where nobody listens cannot be connected to, with the system's reason")
  func refused() async throws {
    // A port that was free a moment ago: its server has stopped.
    let port = try await LoopbackServer.with(handler: Handlers.count) { $0.port }
    try await Self.withLoop { loop in
      let error = await #expect(throws: TransportError.self) {
        _ = try await HTTP2Client.connect(host: "127.0.0.1", port: port, loop: loop)
      }
      #expect(error == .cannotConnect(detail: "127.0.0.1:\(port): connection refused"))
    }
  }

  @Test("an unknown name cannot be connected to")
  func unknownName() async throws {
    try await Self.withLoop { loop in
      var configuration = HTTP2ClientConfiguration()
      configuration.connectTimeout = .seconds(20)
      let error = await #expect(throws: TransportError.self) {
        _ = try await HTTP2Client.connect(
          host: "no-such-host.invalid", port: 1, loop: loop, configuration: configuration)
      }
      switch error {
      case .cannotConnect(let detail), .timedOut(let detail): #expect(detail.contains("no-such-host.invalid"))
      default: Issue.record("\(String(describing: error))")
      }
    }
  }

  @Test("a name with several addresses is tried through")
  func severalAddresses() async throws {
    // localhost is ::1 and 127.0.0.1 in one order or the other; only one is listened on.
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let client = try await HTTP2Client.connect(host: "localhost", port: loopback.port, loop: loopback.loops[0])
      #expect(client.isUsable)
    }
  }

  @Test("connecting can be cancelled")
  func cancelledConnect() async throws {
    try await Self.withLoop { loop in
      let task = Task { () -> TransportError? in
        do throws(TransportError) {
          // TEST-NET-1: nobody answers (RFC 5737).
          _ = try await HTTP2Client.connect(host: "192.0.2.1", port: 9, loop: loop)
          return nil
        } catch { return error }
      }
      task.cancel()
      let error = await task.value
      #expect(error != nil)
    }
  }

  @Test("a closed client is not usable, and its streams throw")
  func closed() async throws {
    try await LoopbackServer.with(handler: Handlers.echo) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      _ = try await stream.response()
      client.close()
      await #expect(throws: TransportError.cancelled) { try await stream.read() }
      _ = await #expect(throws: TransportError.self) {
        try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      }
      #expect(!client.isUsable)
    }
  }

  @Test("a stream that is dropped is reset, a client that is dropped closes")
  func dropped() async throws {
    let handler: HTTPHandler = { exchange in
      try? exchange.start(HTTPResponseHead(status: 200))
      while (try? await exchange.read()) ?? nil != nil {}
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      var client: HTTP2Client? = try await loopback.connect()
      var stream = try await client?.open(HTTPRequestHead(method: "POST", target: "/"))
      _ = try await stream?.response()
      stream = nil
      try await eventually { loopback.server.statistics.exchangesCancelled == 1 }
      #expect(loopback.server.statistics.connectionsOpen == 1)
      client = nil
      try await eventually { loopback.server.statistics.connectionsOpen == 0 }
    }
  }

  @Test("a server that answers no PING is given up, one that does is kept")
  func keepalive() async throws {
    var configuration = HTTP2ClientConfiguration()
    configuration.keepaliveInterval = .milliseconds(200)
    configuration.keepaliveTimeout = .milliseconds(300)
    let handler: HTTPHandler = { exchange in
      try? await Task.sleep(for: .milliseconds(1500))
      await Handlers.count(exchange)
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect(configuration)
      let stream = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      stream.finish()
      #expect(try await stream.response().status == 200)
    }
    // A handler that blocks its loop, which none may, makes the server a silent one.
    let blocking: HTTPHandler = { _ in Glibc.sleep(2) }
    try await LoopbackServer.with(loops: 2, handler: blocking) { loopback in
      let client = try await loopback.connect(configuration)
      let stream = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      await #expect(throws: TransportError.timedOut(detail: "the server did not answer a keepalive PING")) {
        try await stream.response()
      }
    }
  }

  @Test("the HTTP/1.1 client keeps to its deadline and its limit, and reads an early answer")
  func http1Client() async throws {
    let handler: HTTPHandler = { exchange in
      switch exchange.request.target {
      case "/slow": try? await Task.sleep(for: .seconds(3600))
      case "/long": try? await Handlers.answer(exchange, String(repeating: "a", count: 100_000))
      default: try? await Handlers.answer(exchange, status: 401, "no")
      }
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      func send(_ target: String, _ body: [UInt8] = []) async throws(TransportError) -> (HTTPResponseHead, [UInt8]) {
        try await HTTP1Client.send(
          host: "127.0.0.1", port: loopback.port, head: HTTPRequestHead(method: "POST", target: target), body: body,
          deadline: .milliseconds(target == "/slow" ? 300 : 20_000), loop: loopback.loops[0], maxAnswerBytes: 50_000)
      }
      let slow = await #expect(throws: TransportError.self) { _ = try await send("/slow") }
      if case .timedOut = slow {} else { Issue.record("\(String(describing: slow))") }
      await #expect(throws: TransportError.protocolViolation(detail: "the answer is longer than 50000 bytes")) {
        _ = try await send("/long")
      }
      let (head, body) = try await send("/early", [UInt8](repeating: 1, count: 20_000_000))
      #expect(head.status == 401)
      #expect(body == Array("no".utf8))
    }
  }
}
