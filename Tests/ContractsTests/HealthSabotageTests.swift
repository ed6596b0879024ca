import HealthContract
import Testing

/// Shows that each promise of the `Health` contract can be broken, and by what.
@Suite("A wrong health door is found out", .timeLimit(.minutes(1)))
struct HealthSabotageTests {
  @Test("the port itself keeps every promise", arguments: HealthPromise.allCases)
  func direct(_ promise: HealthPromise) async throws {
    let script = ScriptedHealth()
    try await promise.check(on: HealthStage(script, door: DirectHealthDoor(script)))
  }

  @Test("a right door with a question about being alive keeps every promise", arguments: HealthPromise.allCases)
  func right(_ promise: HealthPromise) async throws {
    let script = ScriptedHealth()
    try await promise.check(on: HealthStage(script, door: SabotagedHealthDoor(script, nil)))
  }

  @Test("each fault breaks its promise", arguments: SabotagedHealthDoor.Fault.allCases)
  func faults(_ fault: SabotagedHealthDoor.Fault) async {
    let script = ScriptedHealth()
    let stage = HealthStage(
      script, door: SabotagedHealthDoor(script, fault), patience: fault.keepsWaiting ? .seconds(1) : .seconds(20))
    await withKnownIssue("\(fault)") { try await fault.brokenPromise.check(on: stage) }
  }

  @Test("every promise is broken by some fault")
  func coverage() {
    let broken = Set(SabotagedHealthDoor.Fault.allCases.map(\.brokenPromise))
    #expect(Set(HealthPromise.allCases).subtracting(broken) == [])
  }
}
