import Application
import InMemoryAdapter
import TelemetryContract
import Testing

@Suite("Combined telemetry", .timeLimit(.minutes(1)))
struct CombinedTelemetryTests {
  @Test("keeps the port's promises", arguments: TelemetryPromise.allCases)
  func keeps(_ promise: TelemetryPromise) async throws {
    try await promise.check {
      let listeners = [RecordingTelemetry(), RecordingTelemetry()]
      return TelemetryUnderTest(CombinedTelemetry(listeners)) { "\(listeners.map(\.events))" }
    }
  }

  @Test("tells each listener everything, in order")
  func tellsAll() {
    let (first, second) = (RecordingTelemetry(), RecordingTelemetry())
    let combined = CombinedTelemetry([first, second])
    combined.record(.started(service: "ingestor", version: "0.1.0"))
    combined.record(.stopped(service: "ingestor"))
    for listener in [first, second] {
      #expect(listener.events.count == 2)
      guard case .started = listener.events.first, case .stopped = listener.events.last else {
        Issue.record("told as \(listener.events)")
        continue
      }
    }
  }
}
