/// A listening port of ours: labels of a metric.
package enum FrontDoor: String, CaseIterable, Sendable {
  case grpc, http, metrics
}
