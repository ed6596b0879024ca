import Application
import Threads

/// Keeps what it is told.
final class RecordingTelemetry: Telemetry {
  private let recorded = Lock<[TelemetryEvent]>([])

  func record(_ event: TelemetryEvent) { recorded.withLock { $0.append(event) } }

  var events: [TelemetryEvent] { recorded.withLock { $0 } }
}
