package import Domain

/// A partition that goes on in another log epoch than before.
package struct EpochChange: Hashable, Sendable {
  package let partition: PartitionID
  /// What the index had, and up to which offset everything of it is in objects. What lay behind is a gap now.
  package let replaced: LogEpoch
  package let watermark: UInt64
  package let begun: LogEpoch

  package init(partition: PartitionID, replaced: LogEpoch, watermark: UInt64, begun: LogEpoch) {
    self.partition = partition
    self.replaced = replaced
    self.watermark = watermark
    self.begun = begun
  }
}
