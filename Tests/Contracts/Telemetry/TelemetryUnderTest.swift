package import Application

/// A telemetry adapter and how to see what became of what it was told.
package struct TelemetryUnderTest: Sendable {
  let telemetry: any Telemetry
  let evidence: @Sendable () async -> String

  /// - Parameter evidence: All that the adapter shows, the same whenever the same was told: without times.
  package init(_ telemetry: any Telemetry, evidence: @escaping @Sendable () async -> String) {
    self.telemetry = telemetry
    self.evidence = evidence
  }
}
