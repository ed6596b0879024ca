import Application
import InMemoryAdapter
import Testing

@Suite("Combined telemetry")
struct CombinedTelemetryTests {
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
