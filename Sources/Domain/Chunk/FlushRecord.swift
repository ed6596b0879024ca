/// What an object says in its footer of the flush that wrote it, so that an index can be rebuilt from objects alone.
///
/// Every part says which flush it belongs to and where that stands in its lineage. Only part 0 lists the parts, the windows
/// and the dead letters; the others name part 0. Nothing is lost by that, since a flush counts only with all of its parts;
/// a copy in each would make a flush of many tenants grow with the square of their number.
package struct FlushRecord: Hashable, Sendable {
  package let flush: FlushID
  /// The flush that set `range.lowerBound`; nil for the first of a partition.
  package let parent: FlushID?
  package let partition: PartitionID
  package let epoch: LogEpoch
  /// Offsets that the flush covers.
  package let range: Range<UInt64>
  /// How many objects it wrote.
  package let partCount: Int
  /// In part 0: the keys of all, in the order of their numbers. In the others: that of part 0.
  package let parts: [ObjectKey]
  /// In part 0 only, as are the dead letters.
  package let windows: [WindowChange]
  package let deadLetters: [DeadLetterID]
  /// Append time of the newest record in the range.
  package let newestAppend: Timestamp

  package init(
    flush: FlushID, parent: FlushID?, partition: PartitionID, epoch: LogEpoch, range: Range<UInt64>,
    partCount: Int, parts: [ObjectKey], windows: [WindowChange], deadLetters: [DeadLetterID], newestAppend: Timestamp
  ) {
    self.flush = flush
    self.parent = parent
    self.partition = partition
    self.epoch = epoch
    self.range = range
    self.partCount = partCount
    self.parts = parts
    self.windows = windows
    self.deadLetters = deadLetters
    self.newestAppend = newestAppend
  }
}
