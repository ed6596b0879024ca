package import Domain

/// What a gap in the log changes in the index: a commit of its own, without events (DESIGN section 4, rules 6 and 7).
///
/// It moves the watermark past offsets that nobody can read any more, and for a log that was replaced the epoch too. Windows
/// stay, so that batches that are sent again are not stored twice. It is in index and snapshot only, no object tells of it:
/// whoever commits one takes a snapshot before the next flush is built on it.
package struct GapCommit: Hashable, Sendable {
  package let partition: PartitionID
  package let generation: Generation
  /// The commit's own id: the next flush has it as its parent.
  package let flush: FlushID
  /// The flush that set `gap.from`; nil if nothing was committed to the partition before.
  package let parent: FlushID?
  /// What is lost. Its epoch is the one that the index has, `from` its watermark.
  package let gap: Gap
  /// The epoch afterwards: the same, unless the log was replaced.
  package let nextEpoch: LogEpoch
  /// The watermark afterwards: `gap.end`, or the start of the log that took the place of the old one.
  package let nextWatermark: UInt64

  /// A range that the log lost.
  package init(
    partition: PartitionID, generation: Generation, flush: FlushID, parent: FlushID?, losing gap: Gap
  ) {
    self.partition = partition
    self.generation = generation
    self.flush = flush
    self.parent = parent
    self.gap = gap
    nextEpoch = gap.epoch
    nextWatermark = gap.end
  }

  /// A log that another one took the place of: all of the old one that was not committed is lost.
  ///
  /// - Parameters:
  ///   - watermark: The index's, in the old epoch.
  ///   - start: The first offset of the new one.
  package init(
    partition: PartitionID, generation: Generation, flush: FlushID, parent: FlushID?, replacing epoch: LogEpoch,
    from watermark: UInt64, times: ClosedRange<Timestamp>, by nextEpoch: LogEpoch, from start: UInt64
  ) {
    self.partition = partition
    self.generation = generation
    self.flush = flush
    self.parent = parent
    gap = Gap(epoch: epoch, from: watermark, end: .max, times: times)
    self.nextEpoch = nextEpoch
    nextWatermark = start
  }
}
