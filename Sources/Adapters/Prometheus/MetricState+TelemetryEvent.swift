import Application
import Domain

/// The one place where an event becomes metrics.
extension MetricState {
  mutating func apply(_ event: TelemetryEvent) {
    switch event {
    case .batchAccepted(let tenant, let events, let bytes, let retimed, let duration):
      let key = SeriesKey(tenants.label(tenant))
      add(to: .ingestBatches, key)
      add(events, to: .ingestEvents, key)
      add(bytes, to: .ingestBytes, key)
      if retimed > 0 { add(retimed, to: .ingestRetimedEvents, key) }
      observe(duration, in: .ingestBatchDuration)
    case .batchRefused(let tenant, let reason):
      add(to: .ingestRefusedBatches, SeriesKey(tenants.label(tenant), reason.rawValue))
    case .batchDelayed(let tenant, let reason):
      add(to: .ingestDelayedBatches, SeriesKey(tenants.label(tenant), reason.rawValue))
    case .eventsDeadLettered(let tenant, let reason, let count):
      add(count, to: .deadLetterEvents, SeriesKey(tenants.label(tenant), reason.text))
    case .deadLetterReplayed(_, let reason, let outcome):
      add(to: .deadLetterReplays, SeriesKey(reason.text, outcome.rawValue))
    case .deadLettersDropped(let count): add(count, to: .deadLettersDropped)
    case .deadLettersDamaged(let bytes, _): add(bytes, to: .deadLettersDamagedBytes)
    case .deadLettersHeld(let counts):
      for reason in DeadLetterReason.all {
        set(.deadLettersHeld, SeriesKey(reason.text), to: Double(counts[reason] ?? 0))
      }

    case .recordsAppended(let partition, let records, let bytes):
      add(records, to: .logRecords, SeriesKey(partition.description))
      add(bytes, to: .logBytes, SeriesKey(partition.description))
    case .logSynced(_, let duration): observe(duration, in: .logSyncDuration)
    case .logWriteFailed(let partition, _): add(to: .logWriteErrors, SeriesKey(partition.description))
    case .logReadFailed(let partition, _): add(to: .logReadErrors, SeriesKey(partition.description))
    case .syncFailed(let port, _): add(to: .fsyncErrors, SeriesKey(port.rawValue))
    case .logRecovered(let partition, let records, let droppedBytes, let tail):
      add(Int(clamping: records), to: .logRecoveredRecords, SeriesKey(partition.description))
      add(to: .logRecoveredTails, SeriesKey(partition.description, tail.rawValue))
      add(droppedBytes, to: .logRecoveredDroppedBytes, SeriesKey(partition.description, tail.rawValue))
    case .logDamaged(let partition, let records, _):
      add(Int(clamping: records), to: .logDamagedRecords, SeriesKey(partition.description))
    case .damagedSegments(let partition, let count):
      set(.logDamagedSegments, SeriesKey(partition.description), to: Double(count))
    case .logSize(let partition, let bytes):
      begin(partition)
      set(.logSize, SeriesKey(partition.description), to: Double(bytes))
    case .logTrimmed(let partition, _, let bytes):
      add(bytes, to: .logTrimmedBytes, SeriesKey(partition.description))

    case .batchesJudged(let partition, let taken, let duplicates, let refused):
      add(taken, to: .processorBatches, SeriesKey(partition.description, "taken"))
      add(duplicates, to: .processorBatches, SeriesKey(partition.description, "duplicate"))
      add(refused, to: .processorBatches, SeriesKey(partition.description, "refused"))
    case .partitionProgress(let partition, let openBytes, let openEvents, let lag):
      begin(partition)
      let key = SeriesKey(partition.description)
      set(.processorOpenBytes, key, to: Double(openBytes))
      set(.processorOpenEvents, key, to: Double(openEvents))
      set(.processorLag, key, to: Double(lag))
      set(.processorStoppedPartition, key, to: 0)
    case .flushCommitted(
      let partition, let reason, let events, let rawBytes, let storedBytes, let objects, let duration):
      let key = SeriesKey(partition.description)
      add(to: .processorFlushes, SeriesKey(partition.description, reason.rawValue))
      add(events, to: .processorFlushedEvents, key)
      add(rawBytes, to: .processorFlushedRawBytes, key)
      add(storedBytes, to: .processorFlushedStoredBytes, key)
      add(objects, to: .processorFlushedObjects, key)
      observe(duration, in: .processorFlushDuration)
    case .flushLost(let partition): add(to: .processorLostFlushes, SeriesKey(partition.description))
    case .flushFailed(let partition, _): add(to: .processorFailedFlushes, SeriesKey(partition.description))
    case .gapCommitted(let partition, let records, _):
      let key = SeriesKey(partition.description)
      add(to: .gaps, key)
      add(Int(clamping: records ?? 0), to: .gapRecords, key)
    case .partitionStopped(let partition, _):
      set(.processorStoppedPartition, SeriesKey(partition.description), to: 1)

    case .snapshotTaken(let partition, let bytes, let duration):
      add(to: .indexSnapshots, SeriesKey(partition.description))
      set(.indexSnapshotBytes, SeriesKey(partition.description), to: Double(bytes))
      observe(duration, in: .indexSnapshotDuration)
    case .snapshotFailed(let partition, _): add(to: .indexFailedSnapshots, SeriesKey(partition.description))
    case .indexRebuilt(let report):
      add(to: .indexRebuilds, SeriesKey("done"))
      observe(report.duration, in: .indexRebuildDuration)
      add(
        report.partitions.reduce(0) { $0 + $1.unreadable.count + $1.damagedSnapshots.count },
        to: .indexUnreadableObjects)
      add(report.partitions.reduce(0) { $0 + $1.unreached }, to: .indexUnreachedFlushes)
    case .indexRebuildFailed: add(to: .indexRebuilds, SeriesKey("failed"))

    case .queryAnswered(let tenant, let events, let scanned, let objects, let bytes, let isComplete, let duration):
      let key = SeriesKey(tenants.label(tenant))
      add(to: .queryRequests, SeriesKey(key.first, isComplete ? "true" : "false"))
      add(events, to: .queryEvents, key)
      add(scanned, to: .queryScannedEvents, key)
      add(objects, to: .queryObjects, key)
      add(bytes, to: .queryBytes, key)
      observe(duration, in: .queryDuration)
    case .histogramAnswered(let tenant, let scanned, let objects, let bytes, let isComplete, let duration):
      let key = SeriesKey(tenants.label(tenant))
      add(to: .queryCounts, SeriesKey(key.first, isComplete ? "true" : "false"))
      add(scanned, to: .queryScannedEvents, key)
      add(objects, to: .queryObjects, key)
      add(bytes, to: .queryBytes, key)
      observe(duration, in: .queryCountDuration)
    case .queryRefused(let tenant, let reason):
      add(to: .queryRefused, SeriesKey(tenants.label(tenant), reason.rawValue))

    case .portCall(let port, let operation, let outcome, let bytes, let duration):
      let key = SeriesKey(port.rawValue, operation.description)
      add(to: .portCalls, SeriesKey(key.first, key.second, outcome.rawValue))
      add(bytes, to: .portBytes, key)
      observe(duration, in: .portDuration, key)

    case .requestAnswered(let door, let route, let status, let duration):
      let key = SeriesKey(door.rawValue, route.description)
      add(to: .httpRequests, SeriesKey(key.first, key.second, String(status)))
      observe(duration, in: .httpRequestDuration, key)
    case .door(let door, let figures): set(figures, of: SeriesKey(door.rawValue))

    case .tail(let figures): set(figures)
    case .fileTruncated: add(to: .agentTruncations)
    case .fileLost(_, let bytes): add(Int(clamping: bytes), to: .agentLostBytes)
    case .fileFailed: add(to: .agentFileErrors)
    case .filesProblem: add(to: .agentFileProblems)
    case .sendingRetried: add(to: .agentRetries)
    case .sendingRefused: add(to: .agentRefusals)

    case .started(let service, let version):
      set(.buildInfo, SeriesKey(service, version), to: 1)
      set(.serviceRunning, SeriesKey(service), to: 1)
    case .stopped(let service): set(.serviceRunning, SeriesKey(service), to: 0)
    case .tenantsRead(let tenants, let keys):
      set(.tenants, .none, to: Double(tenants))
      set(.tenantKeys, .none, to: Double(keys))
    case .trouble(let area, _): add(to: .troubles, SeriesKey(area.description))
    }
  }

  private mutating func set(_ figures: TailFigures) {
    let values: [(Metric, Int)] = [
      (.agentFiles, figures.files), (.agentOpenFiles, figures.openFiles),
      (.agentCompressedFiles, figures.compressedFiles), (.agentUnreadableFiles, figures.unreadableFiles),
      (.agentUnreadBytes, figures.unreadBytes), (.agentReadBytes, figures.readBytes), (.agentEvents, figures.events),
      (.agentOversizedEvents, figures.oversizedEvents), (.agentBatches, figures.batches),
      (.agentAckedBatches, figures.acknowledgedBatches), (.agentAckedEvents, figures.acknowledgedEvents),
      (.agentBatchesInFlight, figures.batchesInFlight),
      (.agentSpoolBytes, figures.spoolBytes), (.agentSpoolLimit, figures.spoolLimit),
    ]
    for (metric, value) in values { set(metric, .none, to: Double(value)) }
  }

  private mutating func set(_ figures: DoorFigures, of key: SeriesKey) {
    set(.httpConnections, key, to: Double(figures.openConnections))
    set(.httpAcceptedConnections, key, to: Double(figures.acceptedConnections))
    set(.httpRefusedConnections, key, to: Double(figures.refusedConnections))
    set(.httpLiveRequests, key, to: Double(figures.liveRequests))
    set(.httpCancelledRequests, key, to: Double(figures.cancelledRequests))
    set(.httpReceivedBytes, key, to: Double(figures.receivedBytes))
    set(.httpSentBytes, key, to: Double(figures.sentBytes))
    set(.httpProtocolErrors, key, to: Double(figures.protocolErrors))
    set(.httpTimeouts, key, to: Double(figures.timeouts))
  }
}
