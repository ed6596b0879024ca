/// Records read at once, and where the log stood then.
package struct LogSlice: Hashable, Sendable {
  /// Consecutive offsets from the one asked for; may be empty.
  package let records: [LogRecord]
  /// The log as it was when these were read.
  package let bounds: LogBounds

  package init(records: [LogRecord], bounds: LogBounds) {
    self.records = records
    self.bounds = bounds
  }
}
