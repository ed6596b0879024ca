/// Where the things that an operator cares about are told.
///
/// The adapter behind it turns each into counters, gauges, a log line or a span. Called on hot paths, once a batch and
/// never once an event: it neither blocks nor fails.
package protocol Telemetry: Sendable {
  func record(_ event: TelemetryEvent)
}
