import EventIngestContract
import Testing
import Transport

@testable import GRPCAdapter

@Suite("The gRPC door, over a socket", .timeLimit(.minutes(1)))
struct GRPCIngestContractTests {
  @Test("keeps the promises of ingest", arguments: EventIngestPromise.allCases, GRPCIngestDoor.Way.allCases)
  func keeps(_ promise: EventIngestPromise, _ way: GRPCIngestDoor.Way) async throws {
    let clock = SystemClock()
    let reference = ReferenceIngest { clock.now() }
    try await TestServer.run(reference) { server in
      let address = await server.address
      let client = try await HTTP2Client.connect(host: address.host, port: address.port, loop: server.loop)
      let door = GRPCIngestDoor(client: client, server: address, way: way)
      try await promise.check(on: IngestStage(reference, door: door))
      client.close()
    }
  }
}
