/// What Prometheus does with a metric's values (https://prometheus.io/docs/concepts/metric_types/).
package enum MetricKind: String, Sendable {
  case counter, gauge, histogram
}
