/// Puts the rows of a stream's batches into the order in which chunks hold them.
enum RowOrdering {
  /// Rows by time bucket, oldest bucket first, each bucket's rows oldest first by order key.
  static func rowsByBucket(
    of batches: [EventBatch], width: Duration
  ) -> [(bucket: TimeBucket, rows: [RowReference])] {
    let rows = sorted(batches)
    var buckets: [(bucket: TimeBucket, rows: [RowReference])] = []
    var start = 0
    while start < rows.count {
      let bucket = TimeBucket(containing: Timestamp(nanoseconds: rows[start].time), width: width)
      let end = bucket.start.advanced(by: width)
      var next = start + 1
      while next < rows.count, Timestamp(nanoseconds: rows[next].time) < end { next += 1 }
      buckets.append((bucket, rows[start..<next].map(\.reference)))
      start = next
    }
    return buckets
  }

  private struct Row {
    let time: Int64
    let reference: RowReference
  }

  private static func sorted(_ batches: [EventBatch]) -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(batches.reduce(0) { $0 + $1.count })
    // Batches by identity first: rows of one time then mostly are in order already.
    let order = batches.indices.sorted { identityPrecedes(batches[$0], batches[$1]) }
    for (rank, index) in order.enumerated() {
      for row in 0..<batches[index].count {
        rows.append(
          Row(
            time: batches[index].timestamp(at: row).nanoseconds, reference: RowReference(batch: rank, row: row)))
      }
    }
    // References order as identities do, so this is the whole order key.
    func precedes(_ left: Row, _ right: Row) -> Bool {
      if left.time != right.time { return left.time < right.time }
      let (a, b) = (left.reference, right.reference)
      return a.batch == b.batch ? a.row < b.row : a.batch < b.batch
    }
    let isInOrder = rows.indices.dropFirst().allSatisfy { !precedes(rows[$0], rows[$0 - 1]) }
    if !isInOrder { rows.sort(by: precedes) }
    return rows.map {
      Row(
        time: $0.time,
        reference: RowReference(batch: order[Int($0.reference.batch)], row: Int($0.reference.row)))
    }
  }

  private static func identityPrecedes(_ left: EventBatch, _ right: EventBatch) -> Bool {
    left.header.producer == right.header.producer
      ? left.header.sequence < right.header.sequence : left.header.producer < right.header.producer
  }
}
