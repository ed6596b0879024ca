/// Which partition a batch goes to: a function of tenant, service and producer, fixed for a producer at its first contact.
package struct Placement: Hashable, Sendable {
  /// Counted from 0; a sender that names none means 0, so that what it sends never moves.
  package let version: UInt32
  /// Partitions that the log had when this version began.
  package let partitions: Int
  /// Over how many of them one stream is spread, by producer.
  package let spread: Int

  /// - Precondition: `partitions` and `spread` are at least 1, `spread` at most `partitions`.
  package init(version: UInt32, partitions: Int, spread: Int) {
    precondition(partitions >= 1 && spread >= 1 && spread <= partitions, "a placement of \(spread) of \(partitions)")
    self.version = version
    self.partitions = partitions
    self.spread = spread
  }

  package func partition(for stream: StreamID, producer: ProducerID) -> PartitionID {
    let first = hash(stream)
    let step = spread == 1 ? 0 : UInt32(truncatingIfNeeded: producer.value.high ^ producer.value.low) % UInt32(spread)
    return PartitionID(Int((UInt64(first) + UInt64(step)) % UInt64(partitions)))
  }

  /// Every partition that a stream's batches may be on.
  package func partitions(for stream: StreamID) -> [PartitionID] {
    let first = UInt64(hash(stream))
    return (0..<spread).map { PartitionID(Int((first + UInt64($0)) % UInt64(partitions))) }
  }

  private func hash(_ stream: StreamID) -> UInt32 {
    var crc = CRC32C()
    crc.update(Array(stream.tenant.text.utf8).span)
    crc.update(length: stream.tenant.text.utf8.count)
    crc.update(Array(stream.service.text.utf8).span)
    return crc.value
  }
}
