/// Tells several what it is told, in their order.
package struct CombinedTelemetry: Telemetry {
  private let listeners: [any Telemetry]

  package init(_ listeners: [any Telemetry]) { self.listeners = listeners }

  package func record(_ event: TelemetryEvent) {
    for listener in listeners { listener.record(event) }
  }
}
