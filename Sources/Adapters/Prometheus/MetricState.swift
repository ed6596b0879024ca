import Application

/// The values of all series that are derived from events. Series come into being with their first event.
struct MetricState: Sendable {
  var tenants: TenantLabels
  private(set) var values: [[SeriesKey: Double]]
  private(set) var histograms: [[SeriesKey: DurationHistogram]]

  init(tenantLabels: Int) {
    tenants = TenantLabels(capacity: tenantLabels)
    values = Array(repeating: [:], count: Metric.allCases.count)
    histograms = Array(repeating: [:], count: Metric.allCases.count)
    // Without labels a series can be there from the start, so that an alert on it never finds nothing.
    for metric in Metric.allCases where metric.definition.labels.isEmpty {
      if metric.definition.kind == .histogram {
        histograms[metric.rawValue][.none] = DurationHistogram()
      } else {
        values[metric.rawValue][.none] = 0
      }
    }
    for port in PortName.allCases { values[Metric.fsyncErrors.rawValue][SeriesKey(port.rawValue)] = 0 }
  }

  mutating func add(_ amount: Int = 1, to metric: Metric, _ key: SeriesKey = .none) {
    values[metric.rawValue][key, default: 0] += Double(amount)
  }

  mutating func set(_ metric: Metric, _ key: SeriesKey, to value: Double) {
    values[metric.rawValue][key] = value
  }

  mutating func observe(_ duration: Duration, in metric: Metric, _ key: SeriesKey = .none) {
    histograms[metric.rawValue][key, default: DurationHistogram()].observe(duration)
  }
}
