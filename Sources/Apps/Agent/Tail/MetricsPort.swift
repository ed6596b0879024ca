import Application
import Composition
import PrometheusAdapter
import RESTAdapter
import Threads
import Transport

/// The agent's port of metrics and health, where it is asked for.
struct MetricsPort: Sendable {
  /// How long requests that are under way may take at the end.
  private static let stopDeadline = Duration.seconds(1)

  /// Host and port, with the one that was picked.
  let address: String
  private let server: HTTPServer
  private let loop: EventLoop

  /// Begins to listen; nil if no port is wanted.
  static func open(
    _ settings: Settings, metrics: PrometheusTelemetry, pool: ThreadPool, telemetry: any Telemetry, clock: any WallClock
  ) async throws -> MetricsPort? {
    guard let port = settings[TailSettings.metricsPort] else { return nil }
    let address = settings[TailSettings.address]
    let endpoint = MetricsEndpoint(
      exposition: { metrics.exposition() }, health: AgentHealth(), pool: pool, telemetry: telemetry, clock: clock)
    let loop = EventLoop()
    let server = HTTPServer(
      configuration: try HTTPServerConfiguration(address: address, port: Int(port)), loops: [loop],
      handler: { await endpoint.handle($0) })
    loop.start()
    do throws(TransportError) {
      let bound = try server.start()
      return MetricsPort(address: HostPort.text(host: address, port: bound), server: server, loop: loop)
    } catch {
      loop.stop()
      guard case .portTaken(_, let port) = error else { throw error }
      throw AgentFailure("port \(port) is in use: choose another with --metrics-port")
    }
  }

  func close() async {
    await server.drain(deadline: Self.stopDeadline)
    loop.stop()
  }
}
