import Application
import Composition
import GRPCAdapter
import RESTAdapter
import Transport

/// The three listeners of the one-process server.
struct Doors: Sendable {
  private let settings: Settings
  private let grpcServer: GRPCServer
  private let grpc: HTTPServer
  private let rest: HTTPServer
  private let metrics: HTTPServer

  /// - Parameters:
  ///   - loops: The first carries gRPC, the last the rest, so that a burst of events does not hold up queries.
  ///   - metrics: Makes the metrics endpoint, given a way to tell what the other two have seen.
  init(
    _ settings: Settings, loops: [EventLoop], grpc: GRPCServer, rest: RESTAPI,
    metrics makeMetrics: (@escaping @Sendable () -> [(door: FrontDoor, figures: DoorFigures)]) -> MetricsEndpoint
  ) throws(TransportError) {
    let address = settings[ServeSettings.address]
    self.settings = settings
    grpcServer = grpc
    self.grpc = HTTPServer(
      configuration: try HTTPServerConfiguration(
        address: address, port: Int(settings[ServeSettings.grpcPort]), protocols: .http2),
      loops: Array(loops.prefix(1)), handler: { await grpc.handle($0) })
    self.rest = HTTPServer(
      configuration: try HTTPServerConfiguration(address: address, port: Int(settings[ServeSettings.httpPort])),
      loops: Array(loops.suffix(1)), handler: { await rest.handle($0) })
    let metrics = makeMetrics { [grpc = self.grpc, rest = self.rest] in
      [(.grpc, DoorFigures(grpc.statistics)), (.http, DoorFigures(rest.statistics))]
    }
    self.metrics = HTTPServer(
      configuration: try HTTPServerConfiguration(address: address, port: Int(settings[ServeSettings.metricsPort])),
      loops: Array(loops.suffix(1)), handler: { await metrics.handle($0) })
  }

  /// Begins to listen on all three.
  func open() throws -> ListeningPorts {
    ListeningPorts(
      grpc: try start(grpc, ServeSettings.grpcPort), http: try start(rest, ServeSettings.httpPort),
      metrics: try start(metrics, ServeSettings.metricsPort))
  }

  /// In the order of their start; the gRPC door is the first to close.
  func services(stopDeadline: Duration) -> [any Service] {
    [
      ListeningService(name: "metrics port", server: metrics, stopDeadline: stopDeadline, beginStop: {}),
      ListeningService(name: "query API", server: rest, stopDeadline: stopDeadline, beginStop: {}),
      ListeningService(
        name: "gRPC server", server: grpc, stopDeadline: stopDeadline, beginStop: { grpcServer.beginShutdown() }),
    ]
  }

  private func start(_ server: HTTPServer, _ setting: Setting<UInt16>) throws -> Int {
    do throws(TransportError) { return try server.start() } catch {
      switch error {
      case .portTaken(_, let port): throw PortTakenError(port: UInt16(port), setting: setting)
      case .cannotListen:
        throw OpeningError(error, address: ServeSettings.address.declaration, port: setting.declaration)
      default: throw error
      }
    }
  }
}
