import Testing
import Transport

/// Neither side may make the other hold more than the windows and marks allow.
@Suite(.timeLimit(.minutes(1)))
struct BackPressureTests {
  /// What kernel buffers of a loopback connection may add on top: both sides', autotuned.
  private static let kernelBytes = 12 << 20

  @Test("HTTP/2: a handler that does not read holds the sender, and reading lets it go on")
  func holdsSenderHTTP2() async throws {
    let goOn = Signal()
    let handler: HTTPHandler = { exchange in
      await goOn.wait()
      await Handlers.count(exchange)
    }
    let total = 40 << 20
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      let sent = Counter()
      async let written: Void = {
        let piece = [UInt8](repeating: 7, count: 256 << 10)
        for _ in 0..<total / piece.count {
          try await stream.write(piece)
          sent.add(piece.count)
        }
        stream.finish()
      }()
      let held = try await sent.settled()
      #expect(held > 4 << 20, "the stream's window is 4 MiB")
      #expect(held < (4 << 20) + (2 << 20), "window and the writer's high mark")
      goOn.fire()
      try await written
      #expect(try await stream.readAll() == Array("\(total)".utf8))
    }
  }

  @Test("HTTP/2: a client that does not read holds the handler, and reading lets it go on")
  func holdsHandlerHTTP2() async throws {
    let sent = Counter()
    let total = 40 << 20
    let handler: HTTPHandler = { exchange in await Self.pour(total, into: exchange, counting: sent) }
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "GET", target: "/"))
      stream.finish()
      let held = try await sent.settled()
      #expect(held > 4 << 20)
      #expect(held < (4 << 20) + (2 << 20))
      #expect(try await stream.readAll().count == total)
    }
  }

  @Test("HTTP/1.1: a handler that does not read holds the sender")
  func holdsSenderHTTP1() async throws {
    let goOn = Signal()
    let handler: HTTPHandler = { exchange in
      await goOn.wait()
      await Handlers.count(exchange)
    }
    let total = 64 << 20
    try await LoopbackServer.with(handler: handler) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      let sent = Counter()
      async let written: Void = {
        try await connection.write(Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(total)\r\n\r\n".utf8))
        let piece = [UInt8](repeating: 7, count: 256 << 10)
        for _ in 0..<total / piece.count {
          try await connection.write(piece)
          sent.add(piece.count)
        }
      }()
      let held = try await sent.settled()
      #expect(held < Self.kernelBytes)
      goOn.fire()
      try await written
      _ = try await RawHTTP.read(connection) { $0.hasSuffix("\r\n\r\n\(total)") }
    }
  }

  @Test("HTTP/1.1: a client that does not read holds the handler")
  func holdsHandlerHTTP1() async throws {
    let sent = Counter()
    let total = 64 << 20
    let handler: HTTPHandler = { exchange in await Self.pour(total, into: exchange, counting: sent) }
    try await LoopbackServer.with(handler: handler) { loopback in
      let connection = try await RawHTTP.connect(to: loopback)
      try await connection.write(Array("GET / HTTP/1.0\r\n\r\n".utf8))
      #expect(try await sent.settled() < Self.kernelBytes)
      var received = 0
      while let piece = try await connection.read() { received += piece.count }
      #expect(received > total)
    }
  }

  @Test("many tiny frames for a reader that waits are merged, not kept one array each")
  func mergesTinyPieces() async throws {
    let goOn = Signal()
    let pieces = Counter()
    let handler: HTTPHandler = { exchange in
      await goOn.wait()
      while (try? await exchange.read()) ?? nil != nil { pieces.add(1) }
      try? await Handlers.answer(exchange, "done")
    }
    try await LoopbackServer.with(handler: handler) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/"))
      for _ in 0..<2000 {
        try await stream.write([1])
        await Task.yield()
      }
      stream.finish()
      try await eventually { loopback.server.statistics.bytesIn > 2000 }
      goOn.fire()
      _ = try await stream.readAll()
      #expect(pieces.value < 100)
    }
  }

  private static func pour(_ total: Int, into exchange: any HTTPExchange, counting sent: Counter) async {
    do throws(TransportError) {
      let piece = [UInt8](repeating: 7, count: 256 << 10)
      try exchange.start(HTTPResponseHead(status: 200))
      for _ in 0..<total / piece.count {
        try await exchange.write(piece)
        sent.add(piece.count)
      }
      try exchange.end(trailers: [:])
    } catch {
      exchange.abort()
    }
  }
}
