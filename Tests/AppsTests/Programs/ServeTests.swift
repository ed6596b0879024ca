import Foundation
import Glibc
import Testing
import Transport

@Suite("cordwood serve", .timeLimit(.minutes(2)))
struct ServeTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("prints the ports that it picked, and answers on them")
  func ports() async throws {
    let server = try await RunningServer(in: folder)
    let ports = server.ports
    #expect(Set([ports.grpc, ports.http, ports.metrics, 0]).count == 4)
    for port in [ports.http, ports.metrics] {
      #expect(try await server.get("/health/live", port: port).status == 200)
      while try await server.get("/health/ready", port: port).status != 200 { try await pause() }
    }
    try await server.take(Lines.make(10), in: folder)
    let metrics = try await server.get("/metrics", port: ports.metrics)
    #expect(metrics.status == 200)
    #expect(metrics.body.contains("\ncordwood_ingest_events_total{tenant=\"default\"} 10\n"), "\(metrics.body)")
    #expect(try await server.messages() == Lines.messages(10).sorted())
    await server.stop()
  }

  @Test("ends with status 0 when it is asked to, and keeps what it acknowledged", arguments: [SIGINT, SIGTERM])
  func gracefulStop(signal: Int32) async throws {
    let server = try await RunningServer(in: folder)
    try await server.take(Lines.make(500), in: folder)
    let asked = ContinuousClock.now
    server.process.send(signal)
    #expect(await server.process.ended() == .exited(0))
    #expect(ContinuousClock.now - asked < .seconds(20))
    // What was open is in objects now, not in the log alone.
    #expect(folder.files(below: "data/objects", endingIn: ".cwd").count == 1)
    let again = try await RunningServer(in: folder)
    #expect(try await again.messages() == Lines.messages(500).sorted())
    await again.stop()
  }

  @Test("ends at once when it is asked twice")
  func secondSignal() async throws {
    let server = try await RunningServer(in: folder)
    // A request that never becomes whole holds up the graceful stop.
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let connection = try await TCPConnection.connect(
      host: "127.0.0.1", port: server.ports.http, loop: loop, timeout: .seconds(10))
    try await connection.write(Array("POST /v1/query HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{".utf8))
    // Only a request that a handler has holds up the stop: until then the connection counts as idle.
    let isHeld = #"cordwood_http_live_requests{protocol="http"} 1"#
    while try await !server.get("/metrics", port: server.ports.metrics).body.contains(isHeld) {
      try await pause()
    }
    server.process.send(SIGINT)
    // The first signal has been taken once the first door is shut; two that wait are one.
    while await isOpen(server.ports.grpc, loop) { try await pause() }
    #expect(server.process.isRunning)
    server.process.send(SIGINT)
    #expect(await server.process.ended() == .exited(128 + SIGINT))
    connection.close()
  }

  @Test("has each acknowledged event once after kill -9")
  func killed() async throws {
    let server = try await RunningServer(in: folder, environment: ["FLUSH_AGE": "100ms"])
    try await server.take(Lines.make(300), in: folder)
    await server.kill()
    let again = try await RunningServer(in: folder)
    #expect(try await again.messages() == Lines.messages(300).sorted())
    await again.stop()
  }

  /// 10 MB, in batches of at most one: with `slow`, a server needs eight seconds for them.
  private static let count = 5_000
  private static let padding = 2_000
  private static let slow = ["RATE_LIMIT_BYTES": "1MiB", "FLUSH_AGE": "100ms"]

  @Test("has each event once when it is killed in the middle of an import, which goes on by itself")
  func killedInTheMiddle() async throws {
    // Not one of the kernel's own choice, which it might give to somebody else before the second server starts.
    let port = "\(Int.random(in: 20_000..<32_000))"
    let server = try await RunningServer(in: folder, environment: Self.slow.merging(["GRPC_PORT": port]) { $1 })
    let importing = try server.startImport(Lines.make(Self.count, padding: Self.padding), in: folder)
    try await waitForEvents(server)
    await server.kill()
    #expect(importing.isRunning)
    let again = try await RunningServer(in: folder, environment: ["GRPC_PORT": port])
    #expect(await importing.ended() == .exited(0), "\(importing.error)")
    #expect(try await again.messages() == Lines.messages(Self.count, padding: Self.padding).sorted())
    await again.stop()
  }

  @Test("has each event once when an import is interrupted and run again", arguments: [SIGINT, SIGKILL])
  func interruptedImport(signal: Int32) async throws {
    let server = try await RunningServer(in: folder, environment: Self.slow)
    let lines = Lines.make(Self.count, padding: Self.padding)
    let importing = try server.startImport(lines, in: folder)
    try await waitForEvents(server)
    importing.send(signal)
    let end = await importing.ended()
    #expect(end == (signal == SIGKILL ? .signalled(SIGKILL) : .exited(1)))
    if signal == SIGINT { #expect(importing.error.contains("run the same command again to go on")) }
    await server.stop()
    let again = try await RunningServer(in: folder)
    try await again.take(lines, in: folder)
    #expect(try await again.messages() == Lines.messages(Self.count, padding: Self.padding).sorted())
    await again.stop()
  }

  @Test("writes its own log as JSON where that is wanted")
  func jsonLog() async throws {
    let server = try await RunningServer(in: folder, environment: ["LOG_FORMAT": "json", "LOG_LEVEL": "debug"])
    try await server.take(Lines.make(10), in: folder)
    await server.stop()
    let lines = server.process.error.split(separator: "\n")
    #expect(lines.count >= 2)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["time"] is String && object?["level"] is String && object?["message"] is String, "\(line)")
    }
  }

  /// Waits until some are acknowledged.
  private func waitForEvents(_ server: RunningServer) async throws {
    while try await !server.get("/metrics", port: server.ports.metrics).body.contains("ingest_events_total{") {
      try await pause()
    }
  }

  private func isOpen(_ port: Int, _ loop: EventLoop) async -> Bool {
    do throws(TransportError) {
      try await TCPConnection.connect(host: "127.0.0.1", port: port, loop: loop, timeout: .seconds(10)).close()
      return true
    } catch { return false }
  }

  private func pause() async throws { try await Task.sleep(for: .milliseconds(10)) }
}
