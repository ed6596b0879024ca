import Application
import Domain
import EventIngestContract
import Testing

/// Shows that each promise of the `EventIngest` contract can be broken, and by what.
@Suite("A wrong ingest door is found out", .timeLimit(.minutes(1)))
struct EventIngestSabotageTests {
  private static let now = Timestamp(nanoseconds: 1_764_000_000_000_000_000)

  private func stage(_ door: (DirectIngestDoor) -> any IngestDoor) -> IngestStage {
    let reference = ReferenceIngest { Self.now }
    return IngestStage(reference, door: door(DirectIngestDoor(reference) { Self.now }))
  }

  @Test("the reference keeps every promise", arguments: EventIngestPromise.allCases)
  func reference(_ promise: EventIngestPromise) async throws {
    try await promise.check(on: stage { $0 })
  }

  @Test("each fault breaks its promise", arguments: SabotagedIngestDoor.Fault.allCases)
  func faults(_ fault: SabotagedIngestDoor.Fault) async {
    let stage = stage { SabotagedIngestDoor(door: $0, fault: fault) }
    await withKnownIssue("\(fault)") { try await fault.brokenPromise.check(on: stage) }
  }

  @Test("every promise is broken by some fault")
  func coverage() {
    let broken = Set(SabotagedIngestDoor.Fault.allCases.map(\.brokenPromise))
    #expect(Set(EventIngestPromise.allCases).subtracting(broken) == [])
  }
}
