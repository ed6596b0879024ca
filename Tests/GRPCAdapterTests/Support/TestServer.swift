import Application
import Domain
import InMemoryAdapter
import InProcessAdapter
import Threads
import Transport

@testable import GRPCAdapter

/// A gRPC server on a free port, with an event loop of its own; `stop` it at the end.
actor TestServer {
  let loop = EventLoop()
  let telemetry = RecordingTelemetry()
  let health: FixedHealth
  let grpc: GRPCServer
  private var http: HTTPServer
  private(set) var port = 0

  /// - Parameter health: In place of the server's own.
  init(
    _ ingest: any EventIngest, configuration: GRPCServerConfiguration = GRPCServerConfiguration(),
    health other: (any Health)? = nil
  ) throws {
    let fixed = FixedHealth()
    health = fixed
    grpc = GRPCServer(
      configuration: configuration, ingest: ingest, health: other ?? fixed, telemetry: telemetry, clock: SystemClock(),
      workers: ThreadPool(name: "test-workers", threads: 1))
    loop.start()
    http = try Self.server(port: 0, loop, grpc)
    port = try http.start()
  }

  private static func server(port: Int, _ loop: EventLoop, _ grpc: GRPCServer) throws -> HTTPServer {
    HTTPServer(configuration: try HTTPServerConfiguration(address: "127.0.0.1", port: port), loops: [loop]) {
      await grpc.handle($0)
    }
  }

  var address: ServerAddress { ServerAddress(host: "127.0.0.1", port: port) }

  /// Breaks every connection and listens on the same port again.
  func breakConnections() async throws {
    await http.drain(deadline: .zero)
    http = try Self.server(port: port, loop, grpc)
    _ = try http.start()
  }

  func drain(deadline: Duration) async {
    grpc.beginShutdown()
    await http.drain(deadline: deadline)
  }

  func stop() async {
    await http.drain(deadline: .zero)
    loop.stop()
  }

  /// Runs `body` with a server and stops it.
  static func run<Result: Sendable>(
    _ ingest: any EventIngest, configuration: GRPCServerConfiguration = GRPCServerConfiguration(),
    _ body: (TestServer) async throws -> Result
  ) async throws -> Result {
    let server = try TestServer(ingest, configuration: configuration)
    do {
      let result = try await body(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }
}
