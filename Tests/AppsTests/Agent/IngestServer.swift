import Application
import Domain
import GRPCAdapter
import InMemoryAdapter
import InProcessAdapter
import Threads
import Transport

/// An ingestor's gRPC door on a free port.
actor IngestServer {
  private struct AlwaysWell: Health {
    func problems() -> [String] { [] }
  }

  private let loop = EventLoop()
  private let grpc: GRPCServer
  private var http: HTTPServer
  let port: Int

  init(_ ingest: any EventIngest) throws {
    grpc = GRPCServer(
      ingest: ingest, health: AlwaysWell(), telemetry: RecordingTelemetry(), clock: SystemClock(),
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

  /// Breaks every connection and listens on the same port again: what is under way has an unknown outcome.
  func breakConnections() async throws {
    await http.drain(deadline: .zero)
    http = try Self.server(port: port, loop, grpc)
    _ = try http.start()
  }

  private func stop() async {
    await http.drain(deadline: .zero)
    loop.stop()
  }

  static func run<Result: Sendable>(
    _ ingest: any EventIngest, _ body: (IngestServer) async throws -> Result
  ) async throws -> Result {
    let server = try IngestServer(ingest)
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
