/// What every object of a flush says of it in its footer, so that an index can be rebuilt from objects alone.
package struct FlushRecord: Hashable, Sendable {
  package let flush: FlushID
  /// The flush that set `range.lowerBound`; nil for the first of a partition.
  package let parent: FlushID?
  package let partition: PartitionID
  package let epoch: LogEpoch
  /// Offsets that the flush covers.
  package let range: Range<UInt64>
  /// Keys of all its objects, this one included, in the order of their part numbers.
  package let parts: [ObjectKey]
  package let windows: [WindowChange]
  package let deadLetters: [DeadLetterID]
  /// Append time of the newest record in the range.
  package let newestAppend: Timestamp

  package init(
    flush: FlushID, parent: FlushID?, partition: PartitionID, epoch: LogEpoch, range: Range<UInt64>,
    parts: [ObjectKey], windows: [WindowChange], deadLetters: [DeadLetterID], newestAppend: Timestamp
  ) {
    self.flush = flush
    self.parent = parent
    self.partition = partition
    self.epoch = epoch
    self.range = range
    self.parts = parts
    self.windows = windows
    self.deadLetters = deadLetters
    self.newestAppend = newestAppend
  }
}
