import HealthContract
import InMemoryAdapter
import InProcessAdapter
import Testing
import Threads
import Transport

@testable import GRPCAdapter

@Suite("Health through gRPC", .timeLimit(.minutes(1)))
struct GRPCHealthContractTests {
  /// What Check can be asked about.
  private static let services = ["", IngestService.name]

  @Test("keeps the port's promises", arguments: HealthPromise.allCases, services)
  func belowTheSocket(_ promise: HealthPromise, _ service: String) async throws {
    let health = ScriptedHealth()
    let server = GRPCServer(
      ingest: ScriptedIngest(), health: health, telemetry: RecordingTelemetry(), clock: SystemClock(),
      workers: ThreadPool(name: "test-workers", threads: 1))
    try await promise.check(on: HealthStage(health, door: GRPCHealthDoor.direct(server, service: service)))
  }

  @Test("keeps the port's promises over a socket", arguments: HealthPromise.allCases, services)
  func overASocket(_ promise: HealthPromise, _ service: String) async throws {
    let health = ScriptedHealth()
    let server = try TestServer(ScriptedIngest(), health: health)
    let address = await server.address
    let client = try await HTTP2Client.connect(host: address.host, port: address.port, loop: server.loop)
    let door = GRPCHealthDoor.socket(client, address, service: service)
    try await promise.check(on: HealthStage(health, door: door))
    client.close()
    await server.stop()
  }
}
