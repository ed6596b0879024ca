import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPServerTests {
  @Test("a taken port fails at start and names address and port")
  func takenPort() async throws {
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let configuration = try HTTPServerConfiguration(address: "127.0.0.1", port: loopback.port)
      let second = HTTPServer(configuration: configuration, loops: loopback.loops, handler: Handlers.count)
      #expect(
        throws: TransportError.portTaken(address: "127.0.0.1", port: loopback.port)
      ) { _ = try second.start() }
      await second.drain(deadline: .zero)
    }
  }

  @Test(
    "a bad setting is refused by name",
    arguments: [
      (address: "localhost", port: 0, limits: HTTPServerLimits(), names: "address is 'localhost'"),
      (address: "127.0.0.1", port: 70_000, limits: HTTPServerLimits(), names: "port is 70000"),
      (address: "::1", port: 0, limits: Self.limits { $0.maxFields = 0 }, names: "maxFields is 0"),
      (address: "::1", port: 0, limits: Self.limits { $0.idleTimeout = .zero }, names: "idleTimeout is 0.0 seconds"),
      (address: "::1", port: 0, limits: Self.limits { $0.http2.maxFrameBytes = 1 }, names: "maxFrameBytes is 1"),
    ])
  func badSettings(address: String, port: Int, limits: HTTPServerLimits, names: String) throws {
    let error = #expect(throws: TransportError.self) {
      _ = try HTTPServerConfiguration(address: address, port: port, limits: limits)
    }
    guard case .misuse(let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail.contains(names))
  }

  @Test("listens on IPv6 and on all addresses", arguments: ["::1", "::", "0.0.0.0"])
  func addresses(_ address: String) async throws {
    try await LoopbackServer.with(address: address, handler: Handlers.echo) { loopback in
      let host = address.contains(":") ? "::1" : "127.0.0.1"
      let client = try await HTTP2Client.connect(host: host, port: loopback.port, loop: loopback.loops[0])
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      try await stream.write([1, 2, 3])
      stream.finish()
      #expect(try await stream.readAll() == [1, 2, 3])
    }
  }

  @Test("connections beyond the limit are closed at once and counted")
  func maxConnections() async throws {
    try await LoopbackServer.with(limits: Self.limits { $0.maxConnections = 2 }, handler: Handlers.count) { loopback in
      let first = try await RawHTTP.connect(to: loopback)
      let second = try await RawHTTP.connect(to: loopback)
      let third = try await RawHTTP.connect(to: loopback)
      #expect((try? await third.read()) ?? nil == nil)
      #expect(loopback.server.statistics.connectionsRefused == 1)
      first.close()
      try await eventually { loopback.server.statistics.connectionsOpen < 2 }
      let fourth = try await RawHTTP.connect(to: loopback)
      try await fourth.write(Array(HTTP1Probe.get.utf8))
      #expect(RawHTTP.statuses(try await RawHTTP.read(fourth) { $0.hasSuffix("0") }) == [200])
      second.close()
    }
  }

  @Test("a protocol that is not offered is refused")
  func protocols() async throws {
    try await LoopbackServer.with(protocols: .http2, handler: Handlers.count) { loopback in
      let text = try await RawHTTP.exchange([Array(HTTP1Probe.get.utf8)], with: loopback)
      #expect(text.isEmpty)
    }
    try await LoopbackServer.with(protocols: .http1, handler: Handlers.count) { loopback in
      let text = try await RawHTTP.exchange([Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)], with: loopback)
      #expect(RawHTTP.statuses(text) == [400])
    }
  }

  @Test("the request is told as it came", arguments: [HTTPProtocols.http1, .http2])
  func request(_ protocols: HTTPProtocols) async throws {
    let handler: HTTPHandler = { exchange in
      let request = exchange.request
      let text = "\(request.method) \(request.target) \(request.authority) \(request.version.rawValue)"
      try? await Handlers.answer(
        exchange, "\(text) \(request.fields["x-a"] ?? "") \(exchange.peer.hasPrefix("127.0.0.1:"))")
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let head = HTTPRequestHead(method: "PUT", target: "/a%20b?c=d", authority: "logs.example", fields: ["x-a": "ä 1"])
      if protocols == .http2 {
        let stream = try await loopback.connect().open(head)
        stream.finish()
        #expect(try await stream.readAll() == Array("PUT /a%20b?c=d logs.example HTTP/2 ä 1 true".utf8))
      } else {
        let (_, body) = try await HTTP1Client.send(
          host: "localhost", port: loopback.port, head: head, body: [], deadline: .seconds(10), loop: loopback.loops[0])
        #expect(body == Array("PUT /a%20b?c=d logs.example HTTP/1.1 ä 1 true".utf8))
      }
    }
  }

  @Test(
    "misuse by a handler throws and is not sent",
    arguments: [HTTPProtocols.http1, .http2])
  func misuse(_ protocols: HTTPProtocols) async throws {
    let handler: HTTPHandler = { exchange in
      func expectMisuse(_ body: () async throws(TransportError) -> Void) async {
        do throws(TransportError) {
          try await body()
          Issue.record("nothing was thrown")
        } catch {
          if case .misuse = error {} else { Issue.record(error) }
        }
      }
      await expectMisuse { () throws(TransportError) in try await exchange.write([1]) }
      await expectMisuse { () throws(TransportError) in try exchange.end(trailers: [:]) }
      for fields in [["x": "a\r\nb: c"], ["x y": "z"], ["X": "z"], ["content-length": "1"]] as [HTTPFields] {
        await expectMisuse { () throws(TransportError) in
          try exchange.start(HTTPResponseHead(status: 200, fields: fields))
        }
      }
      try? exchange.start(HTTPResponseHead(status: 200, contentLength: 2))
      await expectMisuse { () throws(TransportError) in try exchange.start(HTTPResponseHead(status: 200)) }
      await expectMisuse { () throws(TransportError) in try await exchange.write([1, 2, 3]) }
      try? await exchange.write([UInt8(ascii: "o"), UInt8(ascii: "k")])
      try? exchange.end(trailers: [:])
      await expectMisuse { () throws(TransportError) in try await exchange.write([]) }
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      if protocols == .http2 {
        let stream = try await loopback.connect().open(HTTPRequestHead(method: "GET", target: "/"))
        #expect(try await stream.readAll() == Array("ok".utf8))
      } else {
        let (head, body) = try await HTTP1Client.send(
          host: "127.0.0.1", port: loopback.port, head: HTTPRequestHead(method: "GET", target: "/"), body: [],
          deadline: .seconds(10), loop: loopback.loops[0])
        #expect(head.contentLength == 2)
        #expect(body == Array("ok".utf8))
      }
    }
  }

  private static func limits(_ change: (inout HTTPServerLimits) -> Void) -> HTTPServerLimits {
    var limits = HTTPServerLimits()
    change(&limits)
    return limits
  }
}
