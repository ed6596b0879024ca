import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTP2EchoTests {
  @Test(
    "a body comes back byte for byte, with trailers", arguments: [0, 1, 100, 4095, 4096, 65_536, 1 << 20, 9_000_001])
  func echoes(size: Int) async throws {
    let sent = pattern(size)
    try await LoopbackServer.with(handler: Handlers.echo) { loopback in
      let client = try await loopback.connect()
      let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/echo"))
      async let received = stream.readAll()
      var start = 0
      while start < size {
        let end = min(size, start + 300_000)
        try await stream.write(Array(sent[start..<end]))
        start = end
      }
      stream.finish()
      #expect(try await stream.response().status == 200)
      #expect(try await received == sent)
      #expect(stream.trailers["x-done"] == "yes")
    }
  }

  @Test("1,000 small requests one after the other on one connection")
  func manySmallRequests() async throws {
    try await LoopbackServer.with(handler: Handlers.count) { loopback in
      let client = try await loopback.connect()
      for number in 0..<1000 {
        let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/count"))
        try await stream.write(pattern(number))
        stream.finish()
        #expect(try await stream.readAll() == Array("\(number)".utf8))
      }
      try await eventually { loopback.server.statistics.exchangesLive == 0 }
      #expect(loopback.server.statistics.exchangesTotal == 1000)
      #expect(loopback.server.statistics.exchangesCancelled == 0)
    }
  }

  @Test("200 requests at a time over two loops")
  func manyAtATime() async throws {
    try await LoopbackServer.with(loops: 2, handler: Handlers.echo) { loopback in
      let client = try await loopback.connect()
      let results = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            do {
              let stream = try await client.open(HTTPRequestHead(method: "POST", target: "/\(number)"))
              try await stream.write(pattern(number * 500))
              stream.finish()
              return try await stream.readAll() == pattern(number * 500)
            } catch {
              Issue.record(error)
              return false
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(results.allSatisfy { $0 })
    }
  }
}
