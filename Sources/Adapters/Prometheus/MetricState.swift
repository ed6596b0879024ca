import Application
import Domain

/// The values of all series that are derived from events. Series come into being with their first event, or with 0 as soon as
/// their labels are known: rate() and increase() do not see the step from nothing to 1.
struct MetricState: Sendable {
  var tenants: TenantLabels
  private(set) var values: [[SeriesKey: Double]]
  private(set) var histograms: [[SeriesKey: DurationHistogram]]
  private var partitions: Set<PartitionID> = []

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

  /// Begins the counters of a partition with 0, when it is heard of for the first time.
  mutating func begin(_ partition: PartitionID) {
    guard partitions.insert(partition).inserted else { return }
    for metric in Metric.allCases where metric.definition.kind == .counter {
      switch metric.definition.labels {
      case ["partition"]: add(0, to: metric, SeriesKey(partition.description))
      case ["partition", "kind"]:
        for kind in LogTailKind.allCases { add(0, to: metric, SeriesKey(partition.description, kind.rawValue)) }
      default: break
      }
    }
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
