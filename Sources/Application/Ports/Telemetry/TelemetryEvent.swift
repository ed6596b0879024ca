package import Domain

/// One case for each thing that an operator cares about, so that a log of trouble always has its metric beside it.
package enum TelemetryEvent: Sendable {
  // Ingest
  /// A batch is durable. `retimed`: events that were given the time of receipt.
  case batchAccepted(tenant: TenantID, events: Int, bytes: Int, retimed: Int, duration: Duration)
  /// A batch was refused as a whole; the sender has to change something.
  case batchRefused(tenant: TenantID?, reason: BatchRefusal)
  /// A batch has to be sent again later.
  case batchDelayed(tenant: TenantID, reason: BatchDelay)
  case eventsDeadLettered(tenant: TenantID?, reason: DeadLetterReason, count: Int)

  /// An operator replayed a dead letter; `reason` is why it was one.
  case deadLetterReplayed(tenant: TenantID?, reason: DeadLetterReason, outcome: DeadLetterReplayOutcome)
  /// An operator dropped letters.
  case deadLettersDropped(count: Int)
  /// Which letters are held now, those without one left out.
  case deadLettersHeld([DeadLetterReason: Int])
  /// The dead letters were damaged; what is intact is served. `bytes`: that cannot be read.
  case deadLettersDamaged(bytes: Int, reason: String)

  // Log
  case recordsAppended(partition: PartitionID, records: Int, bytes: Int)
  case logSynced(partition: PartitionID, duration: Duration)
  /// Records could not be written or synced; nothing of them counts, and none was acknowledged.
  case logWriteFailed(partition: PartitionID, reason: String)
  /// Records that are there could not be read: the device failed, and the owner tries again.
  case logReadFailed(partition: PartitionID, reason: String)
  /// An fsync of a backend on this machine's disk failed.
  case syncFailed(port: PortName, reason: String)
  /// The log was opened after a crash, and what was at its end is no record. `records`: of the last segment, found whole.
  case logRecovered(partition: PartitionID, records: UInt64, droppedBytes: Int, tail: LogTailKind)
  /// Records that were durable cannot be read any more; 0 where all of them still can.
  case logDamaged(partition: PartitionID, records: UInt64, reason: String)
  /// How many damaged segments are kept to be looked at.
  case damagedSegments(partition: PartitionID, count: Int)
  /// What the log of a partition takes on its device.
  case logSize(partition: PartitionID, bytes: Int)
  /// Space of committed records was freed.
  case logTrimmed(partition: PartitionID, segments: Int, bytes: Int)

  // Processor
  /// Batches read from the log, by what became of them.
  case batchesJudged(partition: PartitionID, taken: Int, duplicates: Int, refused: Int)
  /// What the owner of a partition holds in memory, and how many records it has still to read.
  case partitionProgress(partition: PartitionID, openBytes: Int, openEvents: Int, lag: UInt64)
  case flushCommitted(
    partition: PartitionID, reason: FlushReason, events: Int, rawBytes: Int, storedBytes: Int, objects: Int,
    duration: Duration)
  /// Another owner committed first; the work was dropped.
  case flushLost(partition: PartitionID)
  case flushFailed(partition: PartitionID, reason: String)
  /// The log lost what was not committed yet; it is in the index now as a gap. `records` is nil where nobody knows how many:
  /// a log that was replaced.
  case gapCommitted(partition: PartitionID, records: UInt64?, reason: String)
  /// A partition cannot go on until an operator acts.
  case partitionStopped(partition: PartitionID, reason: String)

  // Index
  /// A copy of what the index holds of a partition is in the object store.
  case snapshotTaken(partition: PartitionID, bytes: Int, duration: Duration)
  case snapshotFailed(partition: PartitionID, reason: String)
  case indexRebuilt(RebuildReport)
  case indexRebuildFailed(reason: String)

  // Query
  case queryAnswered(
    tenant: TenantID, events: Int, scanned: Int, objectsRead: Int, bytesRead: Int, isComplete: Bool, duration: Duration)
  /// Events were counted by time and level.
  case histogramAnswered(
    tenant: TenantID, scanned: Int, objectsRead: Int, bytesRead: Int, isComplete: Bool, duration: Duration)
  case queryRefused(tenant: TenantID?, reason: QueryRefusal)

  // Ports
  /// A call of a driven port, by the metering decorators. `operation` is a name from a closed set: `put`, `commit`.
  case portCall(port: PortName, operation: StaticString, outcome: PortOutcome, bytes: Int, duration: Duration)

  // Front doors
  case requestAnswered(protocol: FrontDoor, route: StaticString, status: Int, duration: Duration)
  /// Told before each scrape.
  case door(FrontDoor, DoorFigures)

  // Agent
  /// What an agent that follows files has done; told several times a second.
  case tail(TailFigures)
  /// A followed file has other content than was read: it was truncated, or written anew. `offset`: how far it was read.
  case fileTruncated(path: String, offset: UInt64, size: UInt64)
  /// Bytes of a file were seen, and gone before they could be read.
  case fileLost(path: String, bytes: UInt64)
  /// A file cannot be read; it is tried again.
  case fileFailed(path: String, reason: String)
  /// Something about the files to follow that an operator may not expect: a pattern without a file, a folder not to be read.
  case filesProblem(reason: String)
  /// A sending came to nothing and is repeated.
  case sendingRetried(reason: String)
  /// The server refuses for good what it is sent; the agent keeps it and tries again. Nil for its very first question.
  case sendingRefused(stream: StreamID?, reason: String)

  // Process
  /// The file of tenants was read, anew after a change.
  case tenantsRead(tenants: Int, keys: Int)
  case started(service: String, version: String)
  case stopped(service: String)
  /// Something that a person should look at and that has no case of its own.
  case trouble(area: StaticString, reason: String)
}
