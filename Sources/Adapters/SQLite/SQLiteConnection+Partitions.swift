import Application
import Domain

/// Where a partition stands.
struct PartitionHead: Equatable {
  let epoch: LogEpoch
  let watermark: UInt64
  let flush: FlushID
}

extension SQLiteConnection {
  func generation() throws(SQLiteError) -> Generation? {
    var generation: Generation?
    try prepared("SELECT marker FROM generation").rows { (row) throws(SQLiteError) in
      generation = Generation(try row.identifier(0))
    }
    return generation
  }

  /// - Returns: The marker that was there before, which is left alone; nil once the new one is durable.
  func initialise(_ generation: Generation) throws(SQLiteError) -> Generation? {
    try transaction(.immediate) { () throws(SQLiteError) in
      if let found = try self.generation() { return found }
      try prepared("INSERT INTO generation (id, marker) VALUES (1, ?)").run(.init(generation.value))
      return nil
    }
  }

  /// Nil before the first commit.
  func partitionHead(_ partition: PartitionID) throws(SQLiteError) -> PartitionHead? {
    var head: PartitionHead?
    try prepared("SELECT epoch, watermark, head FROM partitions WHERE number = ?").rows(.init(partition)) {
      (row) throws(SQLiteError) in
      head = PartitionHead(
        epoch: LogEpoch(try row.identifier(0)), watermark: row.uint64(bits: 1), flush: FlushID(try row.identifier(2)))
    }
    return head
  }

  /// Counts as one commit.
  func advancePartition(_ partition: PartitionID, to head: PartitionHead) throws(SQLiteError) {
    try prepared(
      """
      INSERT INTO partitions (number, epoch, watermark, head, commits) VALUES (?1, ?2, ?3, ?4, 1)
      ON CONFLICT (number) DO UPDATE SET epoch = ?2, watermark = ?3, head = ?4, commits = commits + 1
      """
    ).run(.init(partition), .init(head.epoch.value), .init(bits: head.watermark), .init(head.flush.value))
  }

  func state(of partition: PartitionID) throws(SQLiteError) -> PartitionState {
    try transaction(.deferred) { () throws(SQLiteError) in
      guard let head = try partitionHead(partition) else { return .empty }
      return PartitionState(
        epoch: head.epoch, watermark: head.watermark, head: head.flush, windows: try windows(of: partition),
        gaps: try gaps(of: partition))
    }
  }
}
