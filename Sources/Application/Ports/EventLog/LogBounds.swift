package import Domain

/// Where a partition's log begins and ends.
package struct LogBounds: Hashable, Sendable {
  package let epoch: LogEpoch
  /// The first offset that can still be read.
  package let start: UInt64
  /// The offset that the next record will get; everything below it is durable.
  package let end: UInt64

  package init(epoch: LogEpoch, start: UInt64, end: UInt64) {
    self.epoch = epoch
    self.start = start
    self.end = end
  }
}
