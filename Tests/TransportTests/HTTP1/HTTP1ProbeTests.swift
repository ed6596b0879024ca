import Testing
import Transport

/// Each probe must get the same answer however it is cut: what a parser accepts in one piece and refuses in two, or the
/// other way round, is how requests are smuggled.
@Suite(.timeLimit(.minutes(2)))
struct HTTP1ProbeTests {
  static let routes: HTTPHandler = { exchange in
    do throws(TransportError) {
      switch exchange.request.target.components(separatedBy: "?")[0] {
      case "/small", "/echo": try await Handlers.answer(exchange, "small")
      case "/upload": await Handlers.count(exchange)
      case "/reject": try await Handlers.answer(exchange, status: 401, "no")
      case "/silent": return
      case "/stream":
        try exchange.start(HTTPResponseHead(status: 200))
        try await exchange.write(Array("stream".utf8))
        await Task.yield()
        try exchange.end(trailers: [:])
      default: try await Handlers.answer(exchange, status: 404, "not here")
      }
    } catch {
      exchange.abort()
    }
  }

  @Test("is answered as it must be, in one piece", arguments: HTTP1Probe.all)
  func whole(_ probe: HTTP1Probe) async throws {
    try await LoopbackServer.with(handler: Self.routes) { loopback in
      let text = try await RawHTTP.exchange([probe.bytes], with: loopback)
      #expect(RawHTTP.statuses(text) == probe.statuses, "\(text.prefix(300))")
    }
  }

  @Test("is answered alike byte by byte", arguments: HTTP1Probe.all.filter { $0.bytes.count < 2000 })
  func byteByByte(_ probe: HTTP1Probe) async throws {
    try await LoopbackServer.with(handler: Self.routes) { loopback in
      let text = try await RawHTTP.exchange(probe.bytes.map { [$0] }, with: loopback)
      #expect(RawHTTP.statuses(text) == probe.statuses, "\(text.prefix(300))")
    }
  }

  @Test("is answered alike in random cuts", arguments: HTTP1Probe.all)
  func randomCuts(_ probe: HTTP1Probe) async throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    try await LoopbackServer.with(handler: Self.routes) { loopback in
      for _ in 0..<4 {
        let cuts = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
          Int.random(in: 0...probe.bytes.count, using: &generator)
        }
        let bounds = [0] + cuts.sorted() + [probe.bytes.count]
        let pieces = zip(bounds, bounds.dropFirst()).map { Array(probe.bytes[$0..<$1]) }
        let text = try await RawHTTP.exchange(pieces, with: loopback)
        #expect(RawHTTP.statuses(text) == probe.statuses, "seed \(seed), cuts \(bounds): \(text.prefix(300))")
      }
    }
  }
}
