package import Application
import Threads

/// Turns what is told into metrics, and shows them in Prometheus' text format.
///
/// `record` takes one lock for a handful of dictionary updates: made for batches, flushes and requests, not for single
/// events. The first one after a scrape that is still being written copies what it changes.
package final class PrometheusTelemetry: Telemetry {
  /// Tenants with series of their own. With some 15 metrics a tenant this bounds a scrape to about 3,000 series of tenants.
  package static let standardTenantLabels = 200

  private let state: Lock<MetricState>

  /// - Parameter tenantLabels: How many tenants get series of their own; the rest is `other`.
  package init(tenantLabels: Int = standardTenantLabels) {
    state = Lock(MetricState(tenantLabels: tenantLabels))
  }

  package func record(_ event: TelemetryEvent) {
    state.withLock { $0.apply(event) }
  }

  /// All metrics, to be served as `text/plain; version=0.0.4; charset=utf-8`.
  package func exposition() -> [UInt8] {
    var writer = ExpositionWriter()
    write(state.withLock { $0 }, to: &writer)
    for (definition, value) in zip(ProcessMetrics.definitions, ProcessMetrics.read()) {
      guard let value else { continue }
      writer.describe(name: definition.name, kind: definition.kind, help: definition.help)
      writer.sample(definition.name, labels: [], value)
    }
    return writer.bytes
  }

  private func write(_ state: MetricState, to writer: inout ExpositionWriter) {
    for metric in Metric.allCases {
      let definition = metric.definition
      let (values, histograms) = (state.values[metric.rawValue], state.histograms[metric.rawValue])
      if values.isEmpty, histograms.isEmpty { continue }
      writer.describe(name: definition.name, kind: definition.kind, help: definition.help)
      for (key, value) in values.sorted(by: { $0.key < $1.key }) {
        writer.sample(definition.name, labels: labels(definition, key), value)
      }
      for (key, histogram) in histograms.sorted(by: { $0.key < $1.key }) {
        writer.histogram(definition.name, labels: labels(definition, key), histogram)
      }
    }
  }

  private func labels(_ definition: MetricDefinition, _ key: SeriesKey) -> [(name: String, value: String)] {
    definition.labels.enumerated().map { (name: $1, value: key[$0]) }
  }
}
