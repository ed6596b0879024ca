import HealthContract
import Testing
import Transport

@testable import RESTAdapter

@Suite("Health through REST", .timeLimit(.minutes(1)))
struct HealthContractTests {
  /// The two interfaces that have the addresses.
  enum Interface: String, CaseIterable, Sendable {
    case api, metrics

    func handler(_ health: ScriptedHealth) -> HTTPHandler {
      switch self {
      case .api:
        let api = TestService(health: health).api
        return { await api.handle($0) }
      case .metrics:
        let endpoint = MetricsEndpoint(
          exposition: { [] }, health: health, pool: TestService.pool, telemetry: TelemetryLog(), clock: StoppedClock())
        return { await endpoint.handle($0) }
      }
    }
  }

  @Test("keeps the port's promises", arguments: HealthPromise.allCases, Interface.allCases)
  func belowTheSocket(_ promise: HealthPromise, _ interface: Interface) async throws {
    let health = ScriptedHealth()
    let door = RESTHealthDoor(wire: DirectWire(interface.handler(health)))
    try await promise.check(on: HealthStage(health, door: door))
  }

  @Test("keeps the port's promises over a socket", arguments: HealthPromise.allCases, Interface.allCases)
  func overASocket(_ promise: HealthPromise, _ interface: Interface) async throws {
    let health = ScriptedHealth()
    let wire = try SocketWire(interface.handler(health))
    try await promise.check(on: HealthStage(health, door: RESTHealthDoor(wire: wire)))
    await wire.stop()
  }
}
