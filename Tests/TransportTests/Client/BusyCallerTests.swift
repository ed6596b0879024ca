import Dispatch
import Testing
import Threads
import Transport

/// A caller whose threads have other work between its connection and its request, as a machine under load gives it.
@Suite(.timeLimit(.minutes(1)))
struct BusyCallerTests {
  /// For the server to take the connection for one on which nothing is asked; a sweep later at most.
  private static let headerTimeout = Duration.milliseconds(200)
  /// Longer than that, if the request does not come before.
  private static let busySeconds = 3.0

  @Test("an HTTP/1.1 request is sent though the caller is busy once it is connected", arguments: [false, true])
  func busy(streams: Bool) async throws {
    let hasCome = DispatchSemaphore(value: 0)
    var limits = HTTPServerLimits()
    limits.headerTimeout = Self.headerTimeout
    let handler: HTTPHandler = { exchange in
      hasCome.signal()
      try? await Handlers.answer(exchange, "yes")
    }
    try await LoopbackServer.with(limits: limits, handler: handler) { loopback in
      let pool = ThreadPool(name: "busy", threads: 1)
      let begins = DispatchSemaphore(value: 0)
      let holder = Task(executorPreference: pool) { Self.wait(begins) }
      let call = Task(executorPreference: pool) { try await Self.ask(loopback, streams: streams) }
      let other = Task(executorPreference: pool) { Self.wait(hasCome) }
      begins.signal()
      let status = try await call.value
      #expect(status == 200)
      await holder.value
      await other.value
    }
  }

  private static func ask(_ loopback: LoopbackServer, streams: Bool) async throws -> Int {
    let head = HTTPRequestHead(method: "POST", target: "/")
    guard streams else {
      return try await HTTP1Client.send(
        host: "127.0.0.1", port: loopback.port, head: head, body: [1], deadline: .seconds(20), loop: loopback.loops[0]
      ).0.status
    }
    return try await HTTP1Client.stream(
      host: "127.0.0.1", port: loopback.port, head: head, body: [1], patience: .seconds(20), loop: loopback.loops[0]
    ) { _, _ in }.status
  }

  /// Blocks the pool's only thread on purpose.
  private static func wait(_ semaphore: DispatchSemaphore) { _ = semaphore.wait(timeout: .now() + busySeconds) }
}
