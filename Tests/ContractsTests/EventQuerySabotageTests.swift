import Application
import Domain
import EventQueryContract
import Testing

/// Shows that each promise of the `EventQuery` contract can be broken, and by what.
@Suite("A wrong query service is found out", .timeLimit(.minutes(1)))
struct EventQuerySabotageTests {
  @Test("the oracle keeps every promise", arguments: EventQueryPromise.allCases)
  func oracle(_ promise: EventQueryPromise) async throws {
    try await promise.check(on: ReferenceStage())
  }

  @Test("each fault breaks its promise", arguments: SabotagedEventQuery.Fault.allCases)
  func faults(_ fault: SabotagedEventQuery.Fault) async throws {
    let stage = ReferenceStage { DirectEventQueryDoor(SabotagedEventQuery($0, fault: fault)) }
    await withKnownIssue("\(fault)") { try await fault.brokenPromise.check(on: stage) }
  }

  @Test("every promise is broken by some fault")
  func coverage() {
    let broken = Set(SabotagedEventQuery.Fault.allCases.map(\.brokenPromise))
    #expect(Set(EventQueryPromise.allCases).subtracting(broken) == [])
  }
}
