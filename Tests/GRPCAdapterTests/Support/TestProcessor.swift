import Application
import Domain
import InMemoryAdapter
import InProcessAdapter
import Transport

@testable import GRPCAdapter

/// A processor's gRPC door on a free port, on somebody else's event loop; `stop` it at the end.
actor TestProcessor {
  let id: Identifier128
  private let loop: EventLoop
  private let grpc: GRPCServer
  private let secret: ClusterSecret?
  private var http: HTTPServer
  private var port = 0

  init(_ source: any RecentEventsSource, number: UInt64, loop: EventLoop, secret: ClusterSecret? = nil) throws {
    id = Identifier128(high: 0, low: number)
    self.loop = loop
    self.secret = secret
    let configuration = try RecentEventsServerConfiguration(address: "127.0.0.1", port: 0, secret: secret)
    let grpc = GRPCServer(
      recentEvents: source, configuration: configuration, health: FixedHealth(), telemetry: RecordingTelemetry(),
      clock: SystemClock())
    self.grpc = grpc
    http = HTTPServer(configuration: configuration.http, loops: [loop]) { await grpc.handle($0) }
    port = try http.start()
  }

  /// What it says of itself to the directory.
  func entry(_ partitions: [PartitionID: Timestamp]) -> ProcessorEntry {
    ProcessorEntry(processor: id, address: "127.0.0.1:\(port)", partitions: partitions)
  }

  /// Breaks every connection and listens on the same port again.
  func restart() async throws {
    await stop()
    let configuration = try RecentEventsServerConfiguration(address: "127.0.0.1", port: port, secret: secret)
    http = HTTPServer(configuration: configuration.http, loops: [loop]) { [grpc] in await grpc.handle($0) }
    _ = try http.start()
  }

  func stop() async { await http.drain(deadline: .zero) }
}
