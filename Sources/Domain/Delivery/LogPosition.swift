/// Where a record lies in the log. Offsets count records from 0 and are comparable within an epoch only.
package struct LogPosition: Hashable, Sendable {
  package let epoch: LogEpoch
  package let partition: PartitionID
  package let offset: UInt64

  package init(epoch: LogEpoch, partition: PartitionID, offset: UInt64) {
    self.epoch = epoch
    self.partition = partition
    self.offset = offset
  }
}
