import Transport

/// A server on a free loopback port with loops of its own, for one test.
struct LoopbackServer: Sendable {
  let server: HTTPServer
  let port: Int
  let loops: [EventLoop]

  /// Runs `body` beside a server, then drains it and stops the loops.
  static func with<Result>(
    protocols: HTTPProtocols = .all, limits: HTTPServerLimits = HTTPServerLimits(), loops count: Int = 1,
    address: String = "127.0.0.1", handler: @escaping HTTPHandler, _ body: (LoopbackServer) async throws -> Result
  ) async throws -> Result {
    let configuration = try HTTPServerConfiguration(address: address, port: 0, protocols: protocols, limits: limits)
    let loops = (0..<count).map { _ in EventLoop() }
    for loop in loops { loop.start() }
    let server = HTTPServer(configuration: configuration, loops: loops, handler: handler)
    let loopback = LoopbackServer(server: server, port: try server.start(), loops: loops)
    let outcome: Swift.Result<Result, any Error>
    do { outcome = .success(try await body(loopback)) } catch { outcome = .failure(error) }
    await server.drain(deadline: .zero)
    for loop in loops { loop.stop() }
    return try outcome.get()
  }

  func connect(
    _ configuration: HTTP2ClientConfiguration = HTTP2ClientConfiguration()
  ) async throws(TransportError) -> HTTP2Client {
    try await HTTP2Client.connect(
      host: "127.0.0.1", port: port, loop: loops[loops.count - 1], configuration: configuration)
  }
}
