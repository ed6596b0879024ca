import Application
import Domain
import EventLogContract

/// A log in memory that breaks one promise, or none.
actor FlawedEventLog: EventLog {
  private let flaw: EventLogPromise?
  private let epoch = LogEpoch(Identifier128(high: 1, low: 2))
  private var starts: [PartitionID: UInt64] = [:]
  private var setbacks: [PartitionID: LogSetback] = [:]
  private var records: [PartitionID: [LogRecord]] = [PartitionID(0): [], PartitionID(1): []]

  init(breaking flaw: EventLogPromise?) { self.flaw = flaw }

  func placements() async throws(EventLogError) -> [Placement] {
    flaw == .namesItsPlacements ? [] : [Placement(version: 0, partitions: 2, spread: 1)]
  }

  func append(_ record: EncodedRecord, to partition: PartitionID) async throws(EventLogError) -> LogPosition {
    let partition = flaw == .keepsPartitionsApart ? PartitionID(0) : partition
    if flaw == .refusesUnknownPartitions { records[partition, default: []] += [] }
    guard let log = records[partition] else { throw .unknownPartition(partition) }
    if let setback = setbacks[partition], flaw != .refusesAppendsWhenSetBack { throw .setBack(setback) }
    if flaw == .takesManyAppendsAtOnce { try? await Task.sleep(for: .milliseconds(1)) }
    if flaw == .keepsEqualRecordsApart, let index = log.firstIndex(where: { $0.record == record }) {
      return LogPosition(epoch: epoch, partition: partition, offset: UInt64(index))
    }
    let offset = UInt64(log.count)
    let kept = LogRecord(offset: offset, appended: Timestamp(nanoseconds: 1), record: altered(record))
    if flaw == .keepsTheOrderOfOneCaller {
      let later = log.map { LogRecord(offset: $0.offset + 1, appended: $0.appended, record: $0.record) }
      records[partition] = [LogRecord(offset: 0, appended: kept.appended, record: record)] + later
    } else {
      records[partition] = log + [kept]
    }
    let isCountedFromOne = flaw == .countsOffsetsFromZero
    return LogPosition(epoch: epoch, partition: partition, offset: offset + (isCountedFromOne ? 1 : 0))
  }

  func read(
    _ partition: PartitionID, from offset: UInt64, limit: Int, patience: Duration
  ) async throws(EventLogError) -> LogSlice {
    if flaw == .waitsForTheNextRecord, patience > .zero { return LogSlice(records: [], bounds: try bounds(partition)) }
    let deadline = ContinuousClock.now + patience
    while true {
      let (found, bounds) = (try slice(partition, offset, limit), try bounds(partition))
      if !found.isEmpty || offset < bounds.end { return LogSlice(records: found, bounds: bounds) }
      if Task.isCancelled {
        if flaw == .waitingEndsWithTheTask { return LogSlice(records: [], bounds: bounds) }
        throw .cancelled
      }
      if ContinuousClock.now >= deadline {
        if flaw == .returnsNothingWhenPatienceEnds, patience > .zero {
          throw .unavailable(retryAfter: .zero, reason: "")
        }
        return LogSlice(records: [], bounds: bounds)
      }
      try? await Task.sleep(for: .milliseconds(1))
    }
  }

  func trim(_ partition: PartitionID, below offset: UInt64) async throws(EventLogError) {
    let bounds = try bounds(partition)
    let isExact = flaw == .trimStopsAtTheEnd
    let below = flaw == .trimKeepsWhatIsNotBelow ? offset + 1 : isExact ? offset : min(offset, bounds.end)
    starts[partition] = flaw == .trimNeverGoesBack ? below : max(below, bounds.start)
  }

  func expect(_ partition: PartitionID, reaches end: UInt64, in epoch: LogEpoch) async throws(EventLogError) {
    let bounds = try bounds(partition)
    if flaw != .takesAppendsWhenNothingKnownIsMissing { setbacks[partition] = nil }
    guard epoch == bounds.epoch, end > bounds.end else { return }
    let setback = LogSetback(partition: partition, place: "memory", end: bounds.end, known: end)
    setbacks[partition] = setback
    if flaw == .keepsWhatItHasWhenSetBack { records[partition] = [] }
    throw .setBack(setback)
  }

  func bounds(of partition: PartitionID) async throws(EventLogError) -> LogBounds {
    var bounds = try bounds(partition)
    if flaw == .boundsFollowTheEnd, bounds.end > 1 { bounds = LogBounds(epoch: epoch, start: 0, end: bounds.end - 1) }
    if flaw == .beginsEmpty { bounds = LogBounds(epoch: epoch, start: 0, end: bounds.end + 1) }
    return bounds
  }

  private func bounds(_ partition: PartitionID) throws(EventLogError) -> LogBounds {
    guard let log = records[partition] else { throw .unknownPartition(partition) }
    return LogBounds(epoch: epoch, start: starts[partition] ?? 0, end: UInt64(log.count))
  }

  private func slice(_ partition: PartitionID, _ offset: UInt64, _ limit: Int) throws(EventLogError) -> [LogRecord] {
    guard let log = records[partition] else { throw .unknownPartition(partition) }
    guard offset <= log.count else {
      if flaw == .refusesReadsBeyondTheEnd { return [] }
      throw .outOfRange(offset: offset, start: 0, end: UInt64(log.count))
    }
    let start = starts[partition] ?? 0
    guard offset >= start || flaw == .refusesReadsBelowTheStart else {
      throw .outOfRange(offset: offset, start: start, end: UInt64(log.count))
    }
    var found: [LogRecord] = []
    var bytes = 0
    for record in log[(flaw == .readsFromTheMiddle ? 0 : Int(offset))...] {
      bytes += record.record.bytes.count
      let isFirst = found.isEmpty && flaw != .returnsOneRecordHoweverSmallTheLimit
      if bytes > limit, !isFirst, flaw != .stopsAtTheByteLimit { break }
      found.append(record)
    }
    return found
  }

  private func altered(_ record: EncodedRecord) -> EncodedRecord {
    let isAltered =
      flaw == .readsBackWhatWasAppended
      || flaw == .takesTheSmallestAndTheLargestRecord && record.bytes.count > 1_000_000
    return isAltered ? EncodedRecord(bytes: Array(record.bytes.dropLast())) : record
  }
}
