package import Domain

/// What the owner of a partition has in hand: the events at offsets from `from` up to, not including, `end`.
package struct RecentAnswer: Sendable {
  package struct Batch: Sendable {
    package let offset: UInt64
    package let events: EventBatch

    package init(offset: UInt64, events: EventBatch) {
      self.offset = offset
      self.events = events
    }
  }

  package let epoch: LogEpoch
  /// The gaps that the owner's state stands on.
  package let gaps: [Gap]
  /// The watermark as the owner knows it.
  package let from: UInt64
  package let end: UInt64
  /// The log's end, read after the question came. If `end` is below it, the answer is not complete.
  package let logEnd: UInt64
  /// In the order of their offsets, only those asked for.
  package let batches: [Batch]
  /// The owner took the partition over without a whole index: `batches` may repeat what was committed before, and go with
  /// no index but such a one.
  package let isProvisional: Bool

  package init(
    epoch: LogEpoch, gaps: [Gap], from: UInt64, end: UInt64, logEnd: UInt64, batches: [Batch],
    isProvisional: Bool = false
  ) {
    self.epoch = epoch
    self.gaps = gaps
    self.from = from
    self.end = end
    self.logEnd = logEnd
    self.batches = batches
    self.isProvisional = isProvisional
  }

  package var isCaughtUp: Bool { end >= logEnd }
}
