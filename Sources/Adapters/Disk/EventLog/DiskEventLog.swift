package import Application
package import Domain
package import Threads

/// The log of one machine: segment files and group commit. `README.md` in this adapter's folder has the layout.
///
/// One process has the folder at a time. Records that arrive while a sync is under way are written and synced together next,
/// by one writer a partition; readers see only what is durable.
package final class DiskEventLog: EventLog {
  private let configuration: DiskEventLogConfiguration
  private let placementList: [Placement]
  private let partitions: [LogPartition]
  private let lock: Lock<FolderLock?>

  /// Opens the log, or makes an empty one, and recovers from a crash: what was never acknowledged is dropped from the ends of
  /// the partitions and told as `.logRecovered`. Say what is known from elsewhere by `expect` before anything is appended.
  ///
  /// - Parameters:
  ///   - pool: Runs every call that blocks; a writer a partition and the readers share its threads.
  ///   - clock: Gives the append times.
  ///   - identifiers: Give the epochs of new partitions.
  /// - Throws: `.rejected` if another process has the folder, or something in it is of another log or a newer version;
  ///   `.unavailable` or `.full` for other trouble.
  package static func open(
    _ configuration: DiskEventLogConfiguration, pool: ThreadPool, clock: any WallClock, identifiers: any Identifiers,
    telemetry: any Telemetry
  ) async throws(EventLogError) -> DiskEventLog {
    let surroundings = LogPartition.Surroundings(
      configuration: configuration,
      files: WatchedFileSystem(base: LocalFileSystem(), port: .eventLog, telemetry: telemetry), pool: pool,
      clock: clock, telemetry: telemetry)
    return try await open(surroundings, identifiers)
  }

  static func open(
    _ surroundings: LogPartition.Surroundings, _ identifiers: any Identifiers
  ) async throws(EventLogError) -> DiskEventLog {
    try await surroundings.pool.run { () throws(EventLogError) in try DiskEventLog(surroundings, identifiers) }
  }

  private init(_ surroundings: LogPartition.Surroundings, _ identifiers: any Identifiers) throws(EventLogError) {
    configuration = surroundings.configuration
    let (folder, files) = (configuration.folder, surroundings.files)
    let lock: FolderLock?
    do throws(FileError) {
      try files.makeFolders(folder)
      lock = try FolderLock(folder, files)
    } catch {
      throw EventLogError(reading: error)
    }
    guard let lock else { throw .rejected(reason: FolderLock.explanation(folder)) }
    self.lock = Lock(lock)
    placementList = try PlacementFile.placements(configuration, files)
    let count = placementList.map(\.partitions).max() ?? 1
    var partitions: [LogPartition] = []
    for number in 0..<count {
      let recovered = try PartitionRecovery(
        PartitionID(number), "\(folder)/\(number)", freshEpoch: LogEpoch(identifiers.next()),
        now: surroundings.clock.now(), files)
      if let tail = recovered.tail {
        surroundings.telemetry.record(
          .logRecovered(
            partition: recovered.partition,
            records: recovered.end - (recovered.segments.all.last?.base ?? recovered.end),
            droppedBytes: tail.bytes, tail: tail.kind))
      }
      let partition = LogPartition(recovered, partitionCount: count, surroundings)
      surroundings.telemetry.record(.logSize(partition: partition.id, bytes: recovered.segments.bytes))
      for reason in recovered.damagedHeaders {
        surroundings.telemetry.record(.logDamaged(partition: partition.id, records: 0, reason: reason))
      }
      partition.tellDamagedFiles()
      partitions.append(partition)
    }
    self.partitions = partitions
  }

  package func placements() async throws(EventLogError) -> [Placement] { placementList }

  package func append(_ record: EncodedRecord, to partition: PartitionID) async throws(EventLogError) -> LogPosition {
    let log = try log(of: partition)
    try check(record)
    return LogPosition(epoch: log.epoch, partition: partition, offset: try await log.append(record))
  }

  package func read(
    _ partition: PartitionID, from offset: UInt64, limit bytes: Int, patience: Duration
  ) async throws(EventLogError) -> LogSlice {
    try await log(of: partition).read(from: offset, limit: bytes, patience: patience)
  }

  /// Removes whole segments: those that hold nothing from `offset` on, but for the newest `keepBytes` of them.
  package func trim(_ partition: PartitionID, below offset: UInt64) async throws(EventLogError) {
    try await log(of: partition).trim(below: offset)
  }

  package func bounds(of partition: PartitionID) async throws(EventLogError) -> LogBounds {
    try log(of: partition).bounds()
  }

  package func expect(
    _ partition: PartitionID, reaches end: UInt64, in epoch: LogEpoch
  ) async throws(EventLogError) {
    try log(of: partition).expect(reaches: end, in: epoch)
  }

  /// Partitions that take nothing in since their log is an older copy of itself.
  package var setbacks: [LogSetback] { partitions.compactMap(\.setback) }

  /// Paths of the segments that are kept since something in them is damaged; records that could not be read are gaps, or will
  /// be once their turn comes. Whoever has looked at them may remove them; the next start no longer names them.
  package var damagedFiles: [String] { partitions.flatMap(\.damagedFiles) }

  /// Paths of empty files that stand for segments that were missing; whoever knows why may remove them.
  package var missingFiles: [String] { partitions.flatMap(\.missingFiles) }

  /// Why partitions could not be written lately; empty if none failed in the last ten seconds. It ends by itself, since a
  /// server that says that it is not ready may get nothing to write.
  package var failedWrites: [String] { partitions.compactMap(\.failedWrite) }

  /// Why partitions cannot be read; empty once a read has succeeded.
  package var failedReads: [String] { partitions.compactMap(\.failedRead) }

  /// Ends the log: what is queued is written and acknowledged, later calls are answered `.closed`, and the folder is free for
  /// another process.
  package func close() async {
    for partition in partitions { await partition.close() }
    lock.withLock { $0 = nil }
  }

  private func log(of partition: PartitionID) throws(EventLogError) -> LogPartition {
    guard partition.number < partitions.count else { throw .unknownPartition(partition) }
    return partitions[partition.number]
  }

  /// The envelope's beginning only: the ingestor has just computed its checksum.
  private func check(_ record: EncodedRecord) throws(EventLogError) {
    let count = record.bytes.count
    guard count <= configuration.recordBytes else {
      throw .rejected(reason: "a record of \(count) bytes: the log takes at most \(configuration.recordBytes)")
    }
    guard count >= EncodedRecord.envelopeBytes, record.bytes.starts(with: "CWR".utf8) else {
      throw .rejected(reason: "a record without the envelope that the log needs to tell it from a torn one")
    }
  }
}
