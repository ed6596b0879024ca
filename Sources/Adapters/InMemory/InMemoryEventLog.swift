package import Application
package import Domain

/// A log in arrays, whose group commit a test can hold up and whose unsynced tail it can lose.
package actor InMemoryEventLog: EventLog {
  package enum Operation: Hashable, Sendable { case placements, append, read, trim, expect, bounds }

  private struct Partition {
    var start: UInt64 = 0
    /// Offsets from `start` on.
    var records: [LogRecord] = []
    var durableEnd: UInt64 = 0
    /// Offsets that cannot be read.
    var damaged: [Range<UInt64>] = []
    var setback: LogSetback?

    var end: UInt64 { start + UInt64(records.count) }
  }

  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, EventLogError>(whenCancelled: .cancelled)
  private let versions: [Placement]
  private let epoch: LogEpoch
  private let clock: any WallClock
  private let maximumRecordBytes: Int
  private let change = Broadcast()
  private var partitions: [Partition]
  private var holdsSyncs = false
  private var crashes = 0
  private var isClosed = false

  /// - Parameters:
  ///   - placements: Oldest first, not empty.
  ///   - clock: Gives the append times and measures patience.
  ///   - maximumRecordBytes: Larger ones are rejected; 4 MiB as Kafka's `message.max.bytes`.
  package init(
    placements: [Placement] = [Placement(version: 0, partitions: 1, spread: 1)],
    epoch: LogEpoch = LogEpoch(Identifier128(high: 0, low: 1)), clock: any WallClock, maximumRecordBytes: Int = 4 << 20
  ) {
    precondition(!placements.isEmpty, "a log has a placement")
    versions = placements
    self.epoch = epoch
    self.clock = clock
    self.maximumRecordBytes = maximumRecordBytes
    partitions = Array(repeating: Partition(), count: placements.map(\.partitions).max() ?? 1)
  }

  package func placements() throws(EventLogError) -> [Placement] {
    try faults.perform(.placements) { () throws(EventLogError) in
      try checkOpen()
      return versions
    }
  }

  package func append(_ record: EncodedRecord, to partition: PartitionID) async throws(EventLogError) -> LogPosition {
    let offset = try faults.perform(.append) { () throws(EventLogError) in try store(record, in: partition) }
    try await waitUntilDurable(offset, in: partition)
    return LogPosition(epoch: epoch, partition: partition, offset: offset)
  }

  package func read(
    _ partition: PartitionID, from offset: UInt64, limit bytes: Int, patience: Duration
  ) async throws(EventLogError) -> LogSlice {
    let deadline = clock.elapsed() + patience
    var seen = change.count
    var slice = try faults.perform(.read) { () throws(EventLogError) in try look(partition, offset, bytes) }
    while slice.records.isEmpty, clock.elapsed() < deadline {
      await waitForChange(past: seen, until: deadline)
      if Task.isCancelled { throw .cancelled }
      seen = change.count
      slice = try look(partition, offset, bytes)
    }
    return slice
  }

  /// Frees exactly what it may.
  package func trim(_ partition: PartitionID, below offset: UInt64) throws(EventLogError) {
    try faults.perform(.trim) { () throws(EventLogError) in
      try check(partition)
      removeRecords(of: partition, below: offset)
    }
  }

  package func expect(
    _ partition: PartitionID, reaches end: UInt64, in epoch: LogEpoch
  ) throws(EventLogError) {
    try faults.perform(.expect) { () throws(EventLogError) in
      try check(partition)
      let ownEnd = partitions[partition.number].durableEnd
      let isSetBack = epoch == self.epoch && end > ownEnd
      let setback = LogSetback(partition: partition, place: "memory", end: ownEnd, known: end)
      partitions[partition.number].setback = isSetBack ? setback : nil
      if isSetBack { throw .setBack(setback) }
    }
  }

  package func bounds(of partition: PartitionID) throws(EventLogError) -> LogBounds {
    try faults.perform(.bounds) { () throws(EventLogError) in try boundsNow(of: partition) }
  }

  private func store(_ record: EncodedRecord, in partition: PartitionID) throws(EventLogError) -> UInt64 {
    try check(partition)
    if let setback = partitions[partition.number].setback { throw .setBack(setback) }
    guard record.bytes.count <= maximumRecordBytes else {
      throw .rejected(reason: "a record has \(record.bytes.count) bytes, the log takes at most \(maximumRecordBytes)")
    }
    let offset = partitions[partition.number].end
    partitions[partition.number].records.append(LogRecord(offset: offset, appended: clock.now(), record: record))
    if !holdsSyncs { sync() }
    return offset
  }

  private func waitUntilDurable(_ offset: UInt64, in partition: PartitionID) async throws(EventLogError) {
    let life = crashes
    while true {
      let seen = change.count
      // After a crash another record may have the offset: the outcome is not known.
      guard crashes == life else { throw .unavailable(retryAfter: .zero, reason: "the log lost its unsynced tail") }
      if partitions[partition.number].durableEnd > offset { return }
      if isClosed { throw .closed }
      if Task.isCancelled { throw .cancelled }
      await change.wait(past: seen)
    }
  }

  private func look(_ partition: PartitionID, _ offset: UInt64, _ limit: Int) throws(EventLogError) -> LogSlice {
    let bounds = try boundsNow(of: partition)
    guard (bounds.start...bounds.end).contains(offset) else {
      throw .outOfRange(offset: offset, start: bounds.start, end: bounds.end)
    }
    let damaged = partitions[partition.number].damaged
    if let range = damaged.first(where: { $0.contains(offset) }) {
      throw .corrupt(partition: partition, offset: offset, next: range.upperBound, reason: "a test damaged it")
    }
    let end = damaged.map(\.lowerBound).filter { $0 > offset }.min() ?? bounds.end
    var records: [LogRecord] = []
    var bytes = 0
    let range = Int(offset - bounds.start)..<Int(min(end, bounds.end) - bounds.start)
    for record in partitions[partition.number].records[range] {
      bytes += record.record.bytes.count
      if bytes > limit, !records.isEmpty { break }
      records.append(record)
    }
    return LogSlice(records: records, bounds: bounds)
  }

  private func boundsNow(of partition: PartitionID) throws(EventLogError) -> LogBounds {
    try check(partition)
    let state = partitions[partition.number]
    return LogBounds(epoch: epoch, start: state.start, end: state.durableEnd)
  }

  private func check(_ partition: PartitionID) throws(EventLogError) {
    try checkOpen()
    guard partition.number < partitions.count else { throw .unknownPartition(partition) }
  }

  private func checkOpen() throws(EventLogError) {
    if isClosed { throw .closed }
  }

  private func waitForChange(past seen: Int, until deadline: Duration) async {
    await withTaskGroup { [change, clock] group in
      group.addTask { await change.wait(past: seen) }
      group.addTask {
        // Cancelled when the other task is first: nothing is left to do.
        do throws(CancellationError) { try await clock.sleep(for: deadline - clock.elapsed()) } catch {}
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func sync() {
    for number in partitions.indices { partitions[number].durableEnd = partitions[number].end }
    change.announce()
  }
}

/// What a test does to the log behind its users' backs.
extension InMemoryEventLog {
  /// From now on appends wait, and readers see nothing new, until `releaseSyncs` or `crash`.
  package func holdSyncs() { holdsSyncs = true }

  /// Makes what waits durable, and what comes after it at once.
  package func releaseSyncs() {
    holdsSyncs = false
    sync()
  }

  /// Records that wait for their sync.
  package var unsynced: Int {
    partitions.reduce(0) { $0 + Int($1.end - $1.durableEnd) }
  }

  /// Loses what was not synced, as a crash of the machine does; the appends that wait for it fail with `.unavailable`.
  package func crash() {
    for number in partitions.indices {
      let lost = Int(partitions[number].end - partitions[number].durableEnd)
      partitions[number].records.removeLast(lost)
    }
    crashes += 1
    change.announce()
  }

  /// Retention by somebody else: records below `offset`, at most up to the durable end, can no longer be read, whether they
  /// were needed or not.
  package func lose(_ partition: PartitionID, below offset: UInt64) {
    removeRecords(of: partition, below: offset)
  }

  /// Makes records unreadable, as flipped bits do.
  package func damage(_ partition: PartitionID, _ offsets: Range<UInt64>) {
    partitions[partition.number].damaged.append(offsets)
  }

  private func removeRecords(of partition: PartitionID, below offset: UInt64) {
    let state = partitions[partition.number]
    let start = min(max(offset, state.start), state.durableEnd)
    partitions[partition.number].records.removeFirst(Int(start - state.start))
    partitions[partition.number].start = start
  }

  /// Every call fails with `.closed` from now on, those that wait too.
  package func close() {
    isClosed = true
    change.announce()
  }
}
