import Application
import Domain
import EventQueryContract
import RESTAdapter
import Threads
import Transport

/// A query service on a free port, over the contract's oracle.
final class QueryServer: Sendable {
  private static let pool = ThreadPool(name: "query-tests", threads: 2)

  let query = ReferenceEventQuery()
  let address: String
  private let loop = EventLoop()
  private let server: HTTPServer

  init() throws {
    loop.start()
    let api = RESTAPI(
      query: query, health: Healthy(), pool: Self.pool, telemetry: Deaf(), clock: StoppedClock())
    server = HTTPServer(
      configuration: try HTTPServerConfiguration(address: "127.0.0.1", port: 0), loops: [loop],
      handler: { await api.handle($0) })
    address = "127.0.0.1:\(try server.start())"
  }

  /// Runs `cordwood query` against it.
  func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> QueryRun {
    try await QueryRun(["--server", address] + arguments, environment: environment)
  }

  func stop() async {
    await server.drain(deadline: .seconds(5))
    loop.stop()
  }
}

private struct Healthy: Health {
  func problems() async -> [String] { [] }
}

private struct Deaf: Telemetry {
  func record(_ event: TelemetryEvent) {}
}

private struct StoppedClock: WallClock {
  func now() -> Timestamp { .epoch }
  func elapsed() -> Duration { .zero }
  func sleep(for duration: Duration) async throws(CancellationError) {}
}
