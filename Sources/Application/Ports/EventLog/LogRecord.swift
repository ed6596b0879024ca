package import Domain

/// A record as it lies in the log.
package struct LogRecord: Hashable, Sendable {
  package let offset: UInt64
  /// When the log took it, by the log's clock.
  package let appended: Timestamp
  package let record: EncodedRecord

  package init(offset: UInt64, appended: Timestamp, record: EncodedRecord) {
    self.offset = offset
    self.appended = appended
    self.record = record
  }
}
