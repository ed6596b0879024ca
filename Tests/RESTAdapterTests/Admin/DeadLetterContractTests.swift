import Application
import DeadLetterOperationsContract
import TestSupport
import Testing
import Threads
import Transport

@testable import RESTAdapter

@Suite("Dead letters through a server", .timeLimit(.minutes(1)))
struct DeadLetterContractTests {
  private static let token = "0123456789abcdef0123456789abcdef"

  @Test("keeps the port's promises", arguments: DeadLetterOperationsPromise.allCases)
  func keeps(_ promise: DeadLetterOperationsPromise) async throws {
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let server = Lock<HTTPServer?>(nil)
    let stage = try DeadLetterOperationsStage.useCase { operations in
      let endpoint = MetricsEndpoint(
        exposition: { [] }, health: FixedHealth(problems: []),
        admin: AdminAPI(token: Self.token, deadLetters: operations, index: NoIndex(), pool: TestService.pool),
        pool: TestService.pool,
        telemetry: TelemetryLog(), clock: StoppedClock())
      let listening = HTTPServer(
        configuration: try HTTPServerConfiguration(address: "127.0.0.1", port: 0), loops: [loop],
        handler: { await endpoint.handle($0) })
      server.withLock { $0 = listening }
      return RemoteDeadLetters(
        AdminClient(host: "127.0.0.1", port: try listening.start(), token: Self.token, loop: loop))
    }
    try await promise.check(on: stage)
    await server.withLock { $0 }?.drain(deadline: .seconds(1))
  }
}
