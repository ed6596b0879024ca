package import Application
package import Composition
import PrometheusAdapter
package import RESTAdapter
import Transport

/// The listeners of a process: those that it serves at, and the port of metrics and health.
package struct Doors: Sendable {
  private let address: String
  private let listeners: [(door: Door, server: HTTPServer)]

  /// - Parameters:
  ///   - doors: In the order in which they close; the first of the process's loops carries gRPC, the last the rest, so
  ///     that a burst of events does not hold up queries.
  ///   - admin: What operators may do on the metrics port.
  package init(
    _ settings: Settings, _ doors: [Door], in process: ServingProcess, health: any Health, admin: AdminAPI? = nil
  ) throws {
    let address = settings[DoorSettings.address]
    let listen = { (door: Door) throws in
      let loops = door.front == .grpc ? process.loops.prefix(1) : process.loops.suffix(1)
      let configuration = try HTTPServerConfiguration(
        address: address, port: Int(settings[door.setting]), protocols: door.protocols)
      return HTTPServer(configuration: configuration, loops: Array(loops), handler: door.handle)
    }
    let serving = try doors.map { (door: $0, server: try listen($0)) }
    let metrics = MetricsEndpoint(
      exposition: {
        for (door, server) in serving { process.metrics.record(.door(door.front, DoorFigures(server.statistics))) }
        return process.metrics.exposition()
      }, health: health, admin: admin, pool: process.blocking, telemetry: process.telemetry, clock: process.clock)
    let last = Door.metrics(metrics)
    self.address = address
    listeners = serving + [(last, try listen(last))]
  }

  /// Begins to listen on all of them.
  package func open() throws -> ListeningPorts {
    var ports: [FrontDoor: Int] = [:]
    for (door, server) in listeners { ports[door.front] = try Self.start(server, door.setting) }
    return ListeningPorts(address: address, ports: ports)
  }

  /// In the order of their start: the metrics port first, the first of the doors last, which closes first.
  ///
  /// - Parameter stopDeadline: For each.
  package func services(stopDeadline: Duration) -> [any Service] {
    listeners.reversed().map { door, server in
      ListeningService(name: door.name, server: server, stopDeadline: stopDeadline, beginStop: door.beginStop)
    }
  }

  private static func start(_ server: HTTPServer, _ setting: Setting<UInt16>) throws -> Int {
    do throws(TransportError) { return try server.start() } catch {
      switch error {
      case .portTaken(_, let port): throw PortTakenError(port: UInt16(port), setting: setting)
      case .cannotListen:
        let (address, port) = (DoorSettings.address.declaration, setting.declaration)
        throw ServingFailure(
          """
          \(error): \(address.key) (\(address.flag)) has to be an address of this machine, and \(port.key) (\(port.flag)) a \
          port that this user may have
          """)
      default: throw error
      }
    }
  }
}
