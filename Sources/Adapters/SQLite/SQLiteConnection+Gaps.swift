import Application
import Domain

extension SQLiteConnection {
  /// Commits a gap in one transaction.
  ///
  /// - Returns: Why it was refused, with nothing changed; nil once it is durable.
  func commit(_ commit: GapCommit) throws(SQLiteError) -> ChunkIndexError? {
    try transaction(.immediate) { () throws(SQLiteError) in
      let head = try partitionHead(commit.partition)
      let refusal = commit.refusal(
        generation: try generation(), epoch: head?.epoch, watermark: head?.watermark ?? 0, head: head?.flush)
      if let refusal { return refusal }
      try advancePartition(
        commit.partition,
        to: PartitionHead(epoch: commit.nextEpoch, watermark: commit.nextWatermark, flush: commit.flush))
      try insert(commit.gap, in: commit.partition)
      return nil
    }
  }

  /// In the order of their commits.
  func gaps(of partition: PartitionID) throws(SQLiteError) -> [Gap] {
    var gaps: [Gap] = []
    try prepared("SELECT epoch, first, past, earliest, latest FROM gaps WHERE partition = ? ORDER BY id").rows(
      .init(partition)
    ) { (row) throws(SQLiteError) in
      gaps.append(
        Gap(
          epoch: LogEpoch(try row.identifier(0)), from: row.uint64(bits: 1), end: row.uint64(bits: 2),
          times: try row.timeSpan(3, 4)))
    }
    return gaps
  }

  func insert(_ gap: Gap, in partition: PartitionID) throws(SQLiteError) {
    try prepared("INSERT INTO gaps (partition, epoch, first, past, earliest, latest) VALUES (?, ?, ?, ?, ?, ?)").run(
      .init(partition), .init(gap.epoch.value), .init(bits: gap.from), .init(bits: gap.end),
      .init(gap.times.lowerBound), .init(gap.times.upperBound))
  }
}
