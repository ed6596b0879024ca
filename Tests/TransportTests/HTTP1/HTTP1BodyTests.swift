import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTP1BodyTests {
  private static let sizes = [0, 1, 100, 4095, 4096, 65_536, 1 << 20, 9_000_001]

  @Test("a body of known length comes back byte for byte, chunked", arguments: sizes)
  func echoesLength(size: Int) async throws {
    let sent = pattern(size)
    try await LoopbackServer.with(handler: Handlers.echo) { loopback in
      let (head, body) = try await HTTP1Client.send(
        host: "127.0.0.1", port: loopback.port, head: HTTPRequestHead(method: "POST", target: "/echo"), body: sent,
        deadline: .seconds(30), loop: loopback.loops[0])
      #expect(head.status == 200)
      #expect(body == sent)
    }
  }

  @Test("chunks of any size arrive whole", arguments: [1, 2, 7, 100, 4096, 70_000])
  func chunked(size: Int) async throws {
    let chunk = pattern(size)
    let count = 200
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
      for _ in 0..<count {
        try await connection.write(Array((String(size, radix: 16) + "\r\n").utf8) + chunk + Array("\r\n".utf8))
      }
      try await connection.write(Array("0\r\n\r\n".utf8))
      let text = try await RawHTTP.read(connection) { $0.hasSuffix("\r\n\r\n\(count * size)") }
      #expect(RawHTTP.statuses(text) == [200])
    }
  }

  @Test("1,000 small requests one after the other on one connection")
  func keepsAlive() async throws {
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      for number in 0..<1000 {
        let body = String(repeating: "b", count: number)
        try await connection.write(Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(number)\r\n\r\n\(body)".utf8))
        let text = try await RawHTTP.read(connection) { $0.hasSuffix("\r\n\r\n\(number)") }
        #expect(RawHTTP.statuses(text) == [200])
      }
      #expect(loopback.server.statistics.connectionsAccepted == 1)
    }
  }

  @Test("30 pipelined requests are answered in order")
  func pipelined() async throws {
    let handler: HTTPHandler = { exchange in
      try? await Task.sleep(for: .microseconds(Int.random(in: 0...500)))
      try? await Handlers.answer(exchange, exchange.request.target)
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      let requests = (0..<30).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
      try await connection.write(Array(requests.utf8))
      let text = try await RawHTTP.read(connection) { $0.hasSuffix("\r\n\r\n/29") }
      let bodies = text.components(separatedBy: "\r\n\r\n").dropFirst().map {
        $0.components(separatedBy: "HTTP/1.1")[0]
      }
      #expect(bodies == (0..<30).map { "/\($0)" })
    }
  }

  @Test("100 Continue goes out when the handler reads, and not before")
  func sendsContinue() async throws {
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(
        Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n".utf8))
      let first = try await RawHTTP.read(connection) { $0.hasSuffix("\r\n\r\n") }
      #expect(first == "HTTP/1.1 100 Continue\r\n\r\n")
      try await connection.write(Array("hello".utf8))
      let text = try await RawHTTP.read(connection) { $0.hasSuffix("\r\n\r\n5") }
      #expect(RawHTTP.statuses(text) == [200])
    }
  }

  @Test("no 100 Continue for a body that the handler refuses, and the connection ends")
  func refusesContinue() async throws {
    let handler: HTTPHandler = { exchange in try? await Handlers.answer(exchange, status: 401, "no") }
    try await LoopbackServer.with(handler: handler) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(
        Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n".utf8))
      let text = await RawHTTP.readAll(connection)
      #expect(RawHTTP.statuses(text) == [401])
      #expect(text.contains("connection: close"))
    }
  }

  @Test("an answer to HEAD has the length and no body")
  func head() async throws {
    let handler: HTTPHandler = { exchange in try? await Handlers.answer(exchange, "12345") }
    try await LoopbackServer.with(handler: handler) { loopback in
      let text = try await RawHTTP.exchange(
        [Array("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)], with: loopback)
      #expect(text.contains("content-length: 5\r\n"))
      #expect(text.hasSuffix("\r\n\r\n"))
    }
  }

  @Test("trailers of request and answer come through")
  func trailers() async throws {
    let handler: HTTPHandler = { exchange in
      do throws(TransportError) {
        while try await exchange.read() != nil {}
        try exchange.start(HTTPResponseHead(status: 200))
        try exchange.end(trailers: ["x-answer": exchange.requestTrailers["x-question"] ?? "none"])
      } catch {
        exchange.abort()
      }
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let request =
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Question: six\r\n\r\n"
      let text = try await RawHTTP.exchange([Array(request.utf8)], with: loopback)
      #expect(text.hasSuffix("0\r\nx-answer: six\r\n\r\n"))
    }
  }

  @Test(
    "an early answer to a short body keeps the connection, one to a long body ends it", arguments: [1000, 5_000_000])
  func earlyAnswer(size: Int) async throws {
    let handler: HTTPHandler = { exchange in try? await Handlers.answer(exchange, status: 401, "no") }
    try await LoopbackServer.with(handler: handler) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n"
      try await connection.write(Array(head.utf8))
      let text = try await RawHTTP.read(connection) { $0.hasSuffix("no") }
      #expect(RawHTTP.statuses(text) == [401])
      #expect(text.contains("connection: close") == (size > 65_536))
      // All of the body can still be sent: the server reads on, so that its answer is not lost to a reset.
      try await connection.write([UInt8](repeating: 0, count: size))
      if size < 65_536 {
        try await connection.write(Array(HTTP1Probe.get.utf8))
        #expect(RawHTTP.statuses(try await RawHTTP.read(connection) { $0.hasSuffix("no") }) == [401])
      } else {
        connection.finish()
        #expect(try await connection.read() == nil)
      }
    }
  }

  @Test("an answer shorter than announced breaks off and is not taken for whole")
  func shortAnswer() async throws {
    let handler: HTTPHandler = { exchange in
      try? exchange.start(HTTPResponseHead(status: 200, contentLength: 100))
      try? await exchange.write([1, 2, 3])
      try? exchange.end(trailers: [:])
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      _ = await #expect(throws: TransportError.closedByPeer(detail: "the answer ended before it was whole")) {
        _ = try await HTTP1Client.send(
          host: "127.0.0.1", port: loopback.port, head: HTTPRequestHead(method: "GET", target: "/"), body: [],
          deadline: .seconds(10), loop: loopback.loops[0])
      }
    }
  }

  @Test("a handler that returns within its answer breaks it off")
  func unfinishedAnswer() async throws {
    let handler: HTTPHandler = { exchange in
      try? exchange.start(HTTPResponseHead(status: 200))
      try? await exchange.write([1, 2, 3])
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array(HTTP1Probe.get.utf8))
      let text = await RawHTTP.readAll(connection)
      #expect(!text.contains("0\r\n\r\n"))
    }
  }
}
