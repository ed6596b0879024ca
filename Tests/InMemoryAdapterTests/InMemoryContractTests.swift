import Application
import ChunkIndexContract
import ClockContract
import Domain
import EventLogContract
import IdentifiersContract
import InMemoryAdapter
import ObjectStoreContract
import TelemetryContract
import Testing

@Suite("In memory, by contract", .timeLimit(.minutes(1))) struct InMemoryContractTests {
  @Test("the index keeps the port's promises", arguments: ChunkIndexPromise.allCases)
  func indexKeeps(_ promise: ChunkIndexPromise) async throws {
    try await promise.check(on: InMemoryChunkIndex(clock: ScriptedClock()))
  }

  @Test("the log keeps the port's promises", arguments: EventLogPromise.allCases, [1, 3])
  func logKeeps(_ promise: EventLogPromise, partitions: Int) async throws {
    let placements = (0..<UInt32(partitions)).map { Placement(version: $0, partitions: Int($0) + 1, spread: 1) }
    try await promise.check(on: InMemoryEventLog(placements: placements, clock: MachineClock()))
  }

  @Test("the object store keeps the port's promises", arguments: ObjectStorePromise.allCases)
  func storeKeeps(_ promise: ObjectStorePromise) async throws {
    try await promise.check(on: InMemoryObjectStore())
  }

  @Test("the clock keeps the port's promises", arguments: ClockPromise.allCases)
  func clockKeeps(_ promise: ClockPromise) async throws {
    let clock = ScriptedClock()
    try await promise.check(on: clock) {
      // In real time, else an hour has passed before the test gets its turn.
      while !Task.isCancelled {
        clock.advance(by: .milliseconds(5))
        do { try await Task.sleep(for: .milliseconds(1)) } catch { return }
      }
    }
  }

  @Test("the recording keeps the promises of telemetry", arguments: TelemetryPromise.allCases)
  func recordingKeeps(_ promise: TelemetryPromise) async throws {
    try await promise.check {
      let recording = RecordingTelemetry()
      return TelemetryUnderTest(recording) { "\(recording.events)" }
    }
  }

  @Test("the identifiers keep the port's promises", arguments: IdentifiersPromise.allCases)
  func identifiersKeep(_ promise: IdentifiersPromise) async throws {
    try await promise.check(on: SeededIdentifiers(seed: 7))
  }
}
