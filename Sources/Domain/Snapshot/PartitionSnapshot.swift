/// All that the index holds of one partition at one moment: what a rebuild begins with (DESIGN section 4, rules 8 and 9).
///
/// In memory about 200 bytes for each chunk, and what the windows take.
package struct PartitionSnapshot: Hashable, Sendable {
  /// The letters that one flush published.
  package struct Letters: Hashable, Sendable {
    package let flush: FlushID
    package let ids: [DeadLetterID]

    package init(flush: FlushID, ids: [DeadLetterID]) {
      self.flush = flush
      self.ids = ids
    }
  }

  package let partition: PartitionID
  package let generation: Generation
  /// How many commits the partition has taken: grows by one with each, within a generation and over a rebuild.
  package let commits: UInt64
  /// Nil before the first commit.
  package let epoch: LogEpoch?
  /// The offset below which everything is in committed objects.
  package let watermark: UInt64
  /// The newest flush or gap; nil before the first.
  package let head: FlushID?
  /// Windows that were not dropped for age.
  package let windows: [WindowKey: SequenceWindow]
  package let gaps: [Gap]
  /// In the order in which they were committed.
  package let objects: [ObjectDescriptor]
  /// In the order in which their flushes were committed; none is without letters.
  package let letters: [Letters]

  package init(
    partition: PartitionID, generation: Generation, commits: UInt64, epoch: LogEpoch?, watermark: UInt64,
    head: FlushID?, windows: [WindowKey: SequenceWindow], gaps: [Gap], objects: [ObjectDescriptor], letters: [Letters]
  ) {
    self.partition = partition
    self.generation = generation
    self.commits = commits
    self.epoch = epoch
    self.watermark = watermark
    self.head = head
    self.windows = windows
    self.gaps = gaps
    self.objects = objects
    self.letters = letters
  }

  /// Of a partition that nothing was committed to.
  package static func empty(_ partition: PartitionID, _ generation: Generation) -> PartitionSnapshot {
    PartitionSnapshot(
      partition: partition, generation: generation, commits: 0, epoch: nil, watermark: 0, head: nil, windows: [:],
      gaps: [], objects: [], letters: [])
  }
}
