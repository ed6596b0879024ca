/// What made a flush due: labels of a metric.
package enum FlushReason: String, CaseIterable, Sendable {
  case size, age, memory, shutdown
  /// What was in hand before a gap of the log.
  case gap
}
