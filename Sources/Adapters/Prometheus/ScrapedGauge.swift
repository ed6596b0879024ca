/// A gauge that is read when Prometheus asks.
struct ScrapedGauge: Sendable {
  let name: String
  let help: String
  let labels: [(name: String, value: String)]
  let read: @Sendable () -> Double
}
