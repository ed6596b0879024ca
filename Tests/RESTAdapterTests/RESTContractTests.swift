import EventQueryContract
import TestSupport
import Testing

@testable import RESTAdapter

@Suite("The query service", .timeLimit(.minutes(1)))
struct RESTContractTests {
  @Test("keeps its promises through REST", arguments: EventQueryPromise.allCases)
  func oracleThroughREST(_ promise: EventQueryPromise) async throws {
    try await promise.check(
      on: ReferenceStage { query in
        let api = TestService(query).api
        return RESTDoor(wire: DirectWire { await api.handle($0) })
      })
  }

  @Test("keeps its promises from a socket to chunks and back", arguments: EventQueryPromise.allCases)
  func useCaseOverSocket(_ promise: EventQueryPromise) async throws {
    let stage = try PipelineStage { query in
      let api = TestService(query).api
      return RESTDoor(wire: try SocketWire { await api.handle($0) })
    }
    try await stage.start()
    try await promise.check(on: stage)
    await stage.stop()
    await stage.door.wire.stop()
  }
}
