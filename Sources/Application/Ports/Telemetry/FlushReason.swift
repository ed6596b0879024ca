/// What made a flush due: labels of a metric.
package enum FlushReason: String, CaseIterable, Sendable {
  case size, age, memory, shutdown
}
