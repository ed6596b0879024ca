import EventQueryContract
import Testing

@testable import RESTAdapter

@Suite("The query service through REST", .timeLimit(.minutes(1)))
struct RESTContractTests {
  @Test("keeps the promises of its port", arguments: EventQueryPromise.allCases)
  func keeps(_ promise: EventQueryPromise) async throws {
    try await promise.check(on: ReferenceStage { RESTDoor(wire: DirectWire(api: TestService($0).api)) })
  }

  @Test("keeps them over a socket", arguments: EventQueryPromise.allCases)
  func keepsOverSocket(_ promise: EventQueryPromise) async throws {
    let query = ReferenceEventQuery()
    let api = TestService(query).api
    let wire = try SocketWire { await api.handle($0) }
    try await promise.check(on: ReferenceStage(query, door: RESTDoor(wire: wire)))
    await wire.stop()
  }
}
