/// What the end of a log looked like that a crash had left: labels of a metric.
package enum LogTailKind: String, CaseIterable, Sendable {
  /// Cut short, or never written (zeros): what a crash leaves of a write that nobody was told of.
  case torn
  /// As long as it was meant to be, and not what was written: it may be a torn write, or damage to an acknowledged record.
  case damaged
}
