/// Every metric that `PrometheusTelemetry` derives from telemetry events; `MetricTable` says what each is.
enum Metric: Int, CaseIterable, Sendable {
  case ingestBatches, ingestEvents, ingestBytes, ingestRetimedEvents, ingestBatchDuration
  case ingestRefusedBatches, ingestDelayedBatches, deadLetterEvents, deadLetterReplays, deadLettersDropped
  case logRecords, logBytes, logSyncDuration, fsyncErrors, logRecoveredRecords, logRecoveredDroppedBytes
  case processorBatches, processorOpenBytes, processorOpenEvents, processorLag
  case processorFlushes, processorFlushedEvents, processorFlushedRawBytes, processorFlushedStoredBytes
  case processorFlushedObjects, processorFlushDuration, processorLostFlushes, processorFailedFlushes
  case processorStoppedPartition
  case queryRequests, queryEvents, queryScannedEvents, queryObjects, queryBytes, queryDuration, queryRefused
  case portCalls, portBytes, portDuration
  case httpRequests, httpRequestDuration, httpConnections, httpAcceptedConnections, httpRefusedConnections
  case httpLiveRequests, httpCancelledRequests, httpReceivedBytes, httpSentBytes, httpProtocolErrors, httpTimeouts
  case buildInfo, serviceRunning, troubles

  var definition: MetricDefinition { MetricTable.derived[rawValue] }
}
