package import Domain

/// Everything that a flush changes, committed in one step.
package struct FlushCommit: Hashable, Sendable {
  /// Half the collector's grace of 24 hours: an older flush's objects may already count as strays.
  package static let maximumAge = Duration.seconds(12 * 3_600)

  package let partition: PartitionID
  package let generation: Generation
  package let flush: FlushID
  /// The flush that set `range.lowerBound`; nil for the first of a partition.
  package let parent: FlushID?
  package let epoch: LogEpoch
  /// Offsets that the flush covers: the watermark before and after.
  package let range: Range<UInt64>
  package let objects: [ObjectDescriptor]
  package let windows: [WindowChange]
  package let deadLetters: [DeadLetterID]
  /// By the index's clock, before the first object was put.
  package let begun: Timestamp
  /// Append time of the newest record in the range; windows last appended to a lifetime before it may be dropped.
  package let newestAppend: Timestamp

  package init(
    partition: PartitionID, generation: Generation, flush: FlushID, parent: FlushID?, epoch: LogEpoch,
    range: Range<UInt64>, objects: [ObjectDescriptor], windows: [WindowChange], deadLetters: [DeadLetterID],
    begun: Timestamp, newestAppend: Timestamp
  ) {
    self.partition = partition
    self.generation = generation
    self.flush = flush
    self.parent = parent
    self.epoch = epoch
    self.range = range
    self.objects = objects
    self.windows = windows
    self.deadLetters = deadLetters
    self.begun = begun
    self.newestAppend = newestAppend
  }
}
