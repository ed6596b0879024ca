/// How a call of a driven port ended: labels of a metric.
package enum PortOutcome: String, CaseIterable, Sendable {
  case ok
  /// The answer that was asked about and is no fault: not found, already exists, lost race.
  case refused
  case failed
  case cancelled
}
