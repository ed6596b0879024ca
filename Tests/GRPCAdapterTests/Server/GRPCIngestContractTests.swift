import EventIngestContract
import InProcessAdapter
import Testing
import Transport

@testable import GRPCAdapter

/// The same scenario through the use case and through gRPC, which stands before a reference and before the use case.
@Suite("Ingest", .timeLimit(.minutes(1)))
struct GRPCIngestContractTests {
  private let clock = SystemClock()

  @Test("the use case keeps the promises", arguments: EventIngestPromise.allCases)
  func useCase(_ promise: EventIngestPromise) async throws {
    let useCase = IngestBatchesStage()
    let door = DirectIngestDoor(useCase.ingest) { [clock] in clock.now() }
    try await promise.check(on: useCase.stage(door))
  }

  @Test("gRPC keeps them", arguments: EventIngestPromise.allCases, GRPCIngestDoor.Way.allCases)
  func gRPC(_ promise: EventIngestPromise, _ way: GRPCIngestDoor.Way) async throws {
    let reference = ReferenceIngest { [clock] in clock.now() }
    try await TestServer.run(reference) { server in
      try await withDoor(to: server, way) { try await promise.check(on: IngestStage(reference, door: $0)) }
    }
  }

  @Test("gRPC before the use case keeps them", arguments: EventIngestPromise.allCases, GRPCIngestDoor.Way.allCases)
  func both(_ promise: EventIngestPromise, _ way: GRPCIngestDoor.Way) async throws {
    let useCase = IngestBatchesStage()
    try await TestServer.run(useCase.ingest) { server in
      try await withDoor(to: server, way) { try await promise.check(on: useCase.stage($0)) }
    }
  }

  private func withDoor(
    to server: TestServer, _ way: GRPCIngestDoor.Way, _ body: (GRPCIngestDoor) async throws -> Void
  ) async throws {
    let address = await server.address
    let client = try await HTTP2Client.connect(host: address.host, port: address.port, loop: server.loop)
    defer { client.close() }
    try await body(GRPCIngestDoor(client: client, server: address, way: way))
  }
}
