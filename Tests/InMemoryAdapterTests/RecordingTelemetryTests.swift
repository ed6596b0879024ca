import Application
import InMemoryAdapter
import Testing

@Suite("The recording telemetry", .timeLimit(.minutes(1))) struct RecordingTelemetryTests {
  @Test("keeps the newest events within its capacity")
  func isBounded() {
    let telemetry = RecordingTelemetry(capacity: 4)
    for number in 0..<5 { telemetry.record(.stopped(service: "service \(number)")) }
    #expect(telemetry.events.map(name) == ["service 2", "service 3", "service 4"])
    #expect(telemetry.dropped == 2)
  }

  @Test("lets a test wait for an event")
  func waitsForEvent() async throws {
    let telemetry = RecordingTelemetry()
    async let event = telemetry.first { name($0) == "wanted" }
    telemetry.record(.stopped(service: "other"))
    telemetry.record(.stopped(service: "wanted"))
    #expect(try #require(await event).isStopped)
    #expect(telemetry.count { name($0) == "wanted" } == 1)
  }

  @Test("gives up waiting when the task is cancelled")
  func stopsWaitingWhenCancelled() async {
    let telemetry = RecordingTelemetry()
    let task = Task { await telemetry.first { _ in true } == nil }
    task.cancel()
    #expect(await task.value)
  }
}

private func name(_ event: TelemetryEvent) -> String? {
  if case .stopped(let service) = event { service } else { nil }
}

extension TelemetryEvent {
  fileprivate var isStopped: Bool { name(self) != nil }
}
