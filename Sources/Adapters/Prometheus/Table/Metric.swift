/// Every metric that `PrometheusTelemetry` derives from telemetry events; `MetricTable` says what each is.
enum Metric: Int, CaseIterable, Sendable {
  case ingestBatches, ingestEvents, ingestBytes, ingestRetimedEvents, ingestBatchDuration
  case ingestRefusedBatches, ingestDelayedBatches, deadLetterEvents, deadLetterReplays, deadLettersDropped
  case deadLettersDamagedBytes, deadLettersHeld
  case logRecords, logBytes, logSyncDuration, fsyncErrors, logWriteErrors, logRecoveredRecords, logRecoveredDroppedBytes
  case logReadErrors, logRecoveredTails, logDamagedRecords, logDamagedSegments, logSize, logTrimmedBytes
  case processorBatches, processorOpenBytes, processorOpenEvents, processorLag
  case processorFlushes, processorFlushedEvents, processorFlushedRawBytes, processorFlushedStoredBytes
  case processorFlushedObjects, processorFlushDuration, processorLostFlushes, processorFailedFlushes
  case gaps, gapRecords, processorStoppedPartition
  case indexSnapshots, indexSnapshotBytes, indexSnapshotDuration, indexFailedSnapshots
  case indexRebuilds, indexRebuildDuration, indexUnreadableObjects, indexUnreachedFlushes
  case queryRequests, queryEvents, queryScannedEvents, queryObjects, queryBytes, queryDuration, queryCounts,
    queryCountDuration, queryRefused
  case portCalls, portBytes, portDuration
  case httpRequests, httpRequestDuration, httpConnections, httpAcceptedConnections, httpRefusedConnections
  case httpLiveRequests, httpCancelledRequests, httpReceivedBytes, httpSentBytes, httpProtocolErrors, httpTimeouts
  case agentFiles, agentOpenFiles, agentCompressedFiles, agentUnreadableFiles, agentUnreadBytes, agentReadBytes
  case agentEvents, agentOversizedEvents, agentBatches, agentAckedBatches, agentAckedEvents, agentRetries
  case agentBatchesInFlight, agentSpoolBytes, agentSpoolLimit, agentTruncations, agentLostBytes
  case agentFileErrors, agentFileProblems, agentRefusals
  case buildInfo, serviceRunning, tenants, tenantKeys, troubles

  var definition: MetricDefinition { MetricTable.derived[rawValue] }
}
