/// What is said of a metric, once, for the exposition and for `docs/metrics.md`.
package struct MetricDefinition: Sendable {
  /// By the rules of https://prometheus.io/docs/practices/naming/: base units, `_total` for counters.
  package let name: String
  package let kind: MetricKind
  /// A fragment without full stop.
  package let help: String
  /// At most three, in the order in which a series names their values.
  package let labels: [String]

  init(_ name: String, _ kind: MetricKind, _ help: String, _ labels: [String] = []) {
    precondition(labels.count <= SeriesKey.maximumLabels, "a metric has at most three labels")
    self.name = name
    self.kind = kind
    self.help = help
    self.labels = labels
  }
}
