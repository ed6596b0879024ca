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

  // Log
  case recordsAppended(partition: PartitionID, records: Int, bytes: Int)
  case logSynced(partition: PartitionID, duration: Duration)
  case logSyncFailed(partition: PartitionID, reason: String)
  case logRecovered(partition: PartitionID, records: UInt64, droppedBytes: Int)

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
  /// A partition cannot go on until an operator acts.
  case partitionStopped(partition: PartitionID, reason: String)

  // Query
  case queryAnswered(
    tenant: TenantID, events: Int, scanned: Int, objectsRead: Int, bytesRead: Int, isComplete: Bool, duration: Duration)
  case queryRefused(tenant: TenantID?, reason: QueryRefusal)

  // Ports
  /// A call of a driven port, by the metering decorators. `operation` is a name from a closed set: `put`, `commit`.
  case portCall(port: PortName, operation: StaticString, outcome: PortOutcome, bytes: Int, duration: Duration)

  // Front doors
  case requestAnswered(protocol: FrontDoor, route: StaticString, status: Int, duration: Duration)
  /// Told before each scrape.
  case door(FrontDoor, DoorFigures)

  // Process
  case started(service: String, version: String)
  case stopped(service: String)
  /// Something that a person should look at and that has no case of its own.
  case trouble(area: StaticString, reason: String)
}
