import Application
import Domain

extension SQLiteConnection {
  /// How many commits each partition has taken.
  func commits() throws(SQLiteError) -> [PartitionID: UInt64] {
    var commits: [PartitionID: UInt64] = [:]
    try prepared("SELECT number, commits FROM partitions").rows { (row) throws(SQLiteError) in
      commits[try row.partition(0)] = row.uint64(bits: 1)
    }
    return commits
  }

  /// All that there is of a partition, in one transaction; nil without a generation marker.
  func snapshot(of partition: PartitionID) throws(SQLiteError) -> PartitionSnapshot? {
    try transaction(.deferred) { () throws(SQLiteError) -> PartitionSnapshot? in
      guard let generation = try generation() else { return nil }
      guard let head = try partitionHead(partition) else { return .empty(partition, generation) }
      return PartitionSnapshot(
        partition: partition, generation: generation, commits: try commits()[partition] ?? 0, epoch: head.epoch,
        watermark: head.watermark, head: head.flush, windows: try windows(of: partition),
        gaps: try gaps(of: partition), objects: try storedObjects(of: partition), letters: try letters(of: partition))
    }
  }

  private func letters(of partition: PartitionID) throws(SQLiteError) -> [PartitionSnapshot.Letters] {
    var flushes: [FlushID] = []
    var ids: [FlushID: [DeadLetterID]] = [:]
    try prepared(
      """
      SELECT flush, producer, tenant, service, sequence, event_index, checksum, byte_count
      FROM dead_letters WHERE partition = ? ORDER BY id
      """
    ).rows(.init(partition)) { (row) throws(SQLiteError) in
      let flush = FlushID(try row.identifier(0))
      if ids[flush] == nil { flushes.append(flush) }
      ids[flush, default: []].append(try row.deadLetter())
    }
    return flushes.map { PartitionSnapshot.Letters(flush: $0, ids: ids[$0] ?? []) }
  }
}

extension SQLiteStatement {
  func partition(_ column: Int32) throws(SQLiteError) -> PartitionID {
    guard integer(column) >= 0 else { throw .corrupt("a partition has a negative number") }
    return PartitionID(int(column))
  }

  /// Of columns 1 to 7, as `letters(of:)` reads them.
  fileprivate func deadLetter() throws(SQLiteError) -> DeadLetterID {
    guard let checksum = UInt32(exactly: integer(6)) else { throw .corrupt("a checksum has over 32 bits") }
    if isNull(1) { return .bytes(checksum: checksum, count: int(7)) }
    let stream = StreamID(tenant: try tenant(2), service: try service(3))
    let index = isNull(5) ? nil : UInt32(truncatingIfNeeded: integer(5))
    return .batch(
      WindowKey(producer: ProducerID(try identifier(1)), stream: stream), sequence: uint64(bits: 4), digest: checksum,
      index: index)
  }
}
