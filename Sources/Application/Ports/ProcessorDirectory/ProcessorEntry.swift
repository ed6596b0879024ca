package import Domain

/// A processor as it announces itself.
package struct ProcessorEntry: Hashable, Sendable {
  /// Made anew with each start of the process.
  package let processor: Identifier128
  /// Where it answers about recent events: `host:port`, at most 255 bytes.
  package let address: String
  /// What it owns, with the time from which it does, by the directory's clock or near it: the later owner is asked first.
  package let partitions: [PartitionID: Timestamp]

  package init(processor: Identifier128, address: String, partitions: [PartitionID: Timestamp]) {
    self.processor = processor
    self.address = address
    self.partitions = partitions
  }
}
