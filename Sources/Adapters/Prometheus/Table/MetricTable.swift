/// Name, type, help and labels of every metric: the source of the exposition's HELP and TYPE lines and of
/// `docs/metrics.md`.
package enum MetricTable {
  package struct Area: Sendable {
    package let title: String
    package let definitions: [MetricDefinition]
  }

  /// In the order of the document and of the exposition.
  package static let areas: [Area] = [
    area("Ingest", .ingestBatches, through: .deadLettersHeld),
    area("Log", .logRecords, through: .logTrimmedBytes),
    area("Processor", .processorBatches, through: .processorStoppedPartition),
    area("Index", .indexSnapshots, through: .indexUnreachedFlushes),
    area("Query", .queryRequests, through: .queryRefused),
    area("Ports", .portCalls, through: .portDuration),
    area("Connections and requests", .httpRequests, through: .httpTimeouts),
    area("Agent", .agentFiles, through: .agentRefusals),
    area("Services", .buildInfo, through: .troubles),
    Area(title: "Process", definitions: ProcessMetrics.definitions),
  ]

  /// By `Metric.rawValue`.
  static let derived: [MetricDefinition] = Metric.allCases.map(definition)

  private static func area(_ title: String, _ first: Metric, through last: Metric) -> Area {
    Area(title: title, definitions: Array(derived[first.rawValue...last.rawValue]))
  }

  private static func definition(_ metric: Metric) -> MetricDefinition {
    switch metric {
    case .ingestBatches: .init("cordwood_ingest_batches_total", .counter, "Batches that became durable", ["tenant"])
    case .ingestEvents:
      .init("cordwood_ingest_events_total", .counter, "Events in batches that became durable", ["tenant"])
    case .ingestBytes:
      .init("cordwood_ingest_bytes_total", .counter, "Bytes of batches that became durable, as sent", ["tenant"])
    case .ingestRetimedEvents:
      .init(
        "cordwood_ingest_retimed_events_total", .counter,
        "Events that were given the time of receipt, theirs being impossible", ["tenant"])
    case .ingestBatchDuration:
      .init("cordwood_ingest_batch_duration_seconds", .histogram, "Time from a batch's arrival to its durable ack")
    case .ingestRefusedBatches:
      .init(
        "cordwood_ingest_refused_batches_total", .counter, "Batches refused as a whole, for good", ["tenant", "reason"])
    case .ingestDelayedBatches:
      .init(
        "cordwood_ingest_delayed_batches_total", .counter, "Batches that had to be sent again later",
        ["tenant", "reason"])
    case .deadLetterReplays:
      .init(
        "cordwood_dead_letter_replays_total", .counter,
        "Dead letters that operators replayed, by why they were dead letters and what became of them",
        ["reason", "outcome"])
    case .deadLettersDropped:
      .init("cordwood_dead_letters_dropped_total", .counter, "Dead letters that operators dropped")
    case .deadLettersDamagedBytes:
      .init(
        "cordwood_dead_letters_damaged_bytes_total", .counter,
        "Bytes of the dead letters that could not be read at start; the damaged file is kept")
    case .deadLettersHeld:
      .init(
        "cordwood_dead_letters", .gauge,
        "Dead letters that are held, those of flushes that are not committed among them", ["reason"])
    case .deadLetterEvents:
      .init(
        "cordwood_dead_letter_events_total", .counter,
        "Events that broke a rule for good, each time that their batch is sent; their letter is there once",
        ["tenant", "reason"])

    case .logRecords: .init("cordwood_log_records_total", .counter, "Records appended to the log", ["partition"])
    case .logBytes: .init("cordwood_log_bytes_total", .counter, "Bytes appended to the log", ["partition"])
    case .logSyncDuration: .init("cordwood_log_sync_duration_seconds", .histogram, "Time of one fsync of the log")
    case .fsyncErrors:
      .init(
        "cordwood_fsync_errors_total", .counter,
        "Failed fsyncs, by whose files: what was not synced is not acknowledged, and a segment of the log never written again",
        ["port"])
    case .logWriteErrors:
      .init(
        "cordwood_log_write_errors_total", .counter, "Writes to the log that failed, for want of space or worse",
        ["partition"])
    case .logRecoveredRecords:
      .init("cordwood_log_recovered_records_total", .counter, "Records found in the log at start", ["partition"])
    case .logRecoveredDroppedBytes:
      .init(
        "cordwood_log_recovered_dropped_bytes_total", .counter,
        "Bytes at the end of the log that were no records at start: torn, or damaged and kept aside",
        ["partition", "kind"])
    case .logReadErrors:
      .init(
        "cordwood_log_read_errors_total", .counter,
        "Reads of the log that the device failed: nothing behind is processed until it can be read", ["partition"])
    case .logRecoveredTails:
      .init(
        "cordwood_log_recovered_tails_total", .counter,
        "Ends of the log that were no records at start: torn (a write that was never acked) or damaged (maybe one that was)",
        ["partition", "kind"])
    case .logDamagedRecords:
      .init(
        "cordwood_log_damaged_records_total", .counter, "Records that were durable and cannot be read any more",
        ["partition"])
    case .logDamagedSegments:
      .init(
        "cordwood_log_damaged_segments", .gauge, "Damaged files of the log that are kept to be looked at", ["partition"]
      )
    case .logSize: .init("cordwood_log_size_bytes", .gauge, "Bytes of the log on its device", ["partition"])
    case .logTrimmedBytes:
      .init(
        "cordwood_log_trimmed_bytes_total", .counter, "Bytes of committed records that were freed", ["partition"])

    case .processorBatches:
      .init(
        "cordwood_processor_batches_total", .counter, "Batches read from the log: taken, duplicate or refused",
        ["partition", "outcome"])
    case .processorOpenBytes:
      .init("cordwood_processor_open_bytes", .gauge, "Bytes held in memory and not flushed yet", ["partition"])
    case .processorOpenEvents:
      .init("cordwood_processor_open_events", .gauge, "Events held in memory and not flushed yet", ["partition"])
    case .processorLag:
      .init("cordwood_processor_lag_records", .gauge, "Records of the log still to be read", ["partition"])
    case .processorFlushes:
      .init(
        "cordwood_processor_flushes_total", .counter, "Committed flushes, by what made them due",
        ["partition", "reason"])
    case .processorFlushedEvents:
      .init("cordwood_processor_flushed_events_total", .counter, "Events in committed flushes", ["partition"])
    case .processorFlushedRawBytes:
      .init(
        "cordwood_processor_flushed_raw_bytes_total", .counter, "Bytes in committed flushes before compression",
        ["partition"])
    case .processorFlushedStoredBytes:
      .init(
        "cordwood_processor_flushed_stored_bytes_total", .counter, "Bytes of the objects of committed flushes",
        ["partition"])
    case .processorFlushedObjects:
      .init("cordwood_processor_flushed_objects_total", .counter, "Objects of committed flushes", ["partition"])
    case .processorFlushDuration:
      .init(
        "cordwood_processor_flush_duration_seconds", .histogram, "Time of a flush, from its first put to its commit")
    case .processorLostFlushes:
      .init(
        "cordwood_processor_lost_flushes_total", .counter, "Flushes dropped since another owner committed first",
        ["partition"])
    case .processorFailedFlushes:
      .init(
        "cordwood_processor_failed_flushes_total", .counter, "Flushes that failed and are tried again", ["partition"])
    case .gaps:
      .init(
        "cordwood_gaps_total", .counter, "Ranges of the log that were lost before they were committed", ["partition"])
    case .gapRecords:
      .init(
        "cordwood_gap_records_total", .counter,
        "Records in such ranges; of a log that was replaced nobody knows how many", ["partition"])
    case .processorStoppedPartition:
      .init(
        "cordwood_processor_partition_stopped", .gauge, "1 for a partition that waits for an operator", ["partition"])

    case .indexSnapshots:
      .init(
        "cordwood_index_snapshots_total", .counter, "Copies of the index's partitions put into the object store",
        ["partition"])
    case .indexSnapshotBytes:
      .init("cordwood_index_snapshot_bytes", .gauge, "Bytes of the newest snapshot of a partition", ["partition"])
    case .indexSnapshotDuration:
      .init("cordwood_index_snapshot_duration_seconds", .histogram, "Time to copy a partition of the index")
    case .indexFailedSnapshots:
      .init(
        "cordwood_index_failed_snapshots_total", .counter, "Snapshots that failed and are tried again", ["partition"])
    case .indexRebuilds:
      .init("cordwood_index_rebuilds_total", .counter, "Rebuilds of the index that ended: done or failed", ["outcome"])
    case .indexRebuildDuration:
      .init("cordwood_index_rebuild_duration_seconds", .histogram, "Time of a rebuild that was done")
    case .indexUnreadableObjects:
      .init(
        "cordwood_index_unreadable_objects_total", .counter,
        "Objects and snapshots that a rebuild found damaged: its report names them")
    case .indexUnreachedFlushes:
      .init(
        "cordwood_index_unreached_flushes_total", .counter,
        "Whole flushes that a rebuild could not reach, one before them being damaged or missing")

    case .queryRequests:
      .init("cordwood_query_requests_total", .counter, "Answered queries", ["tenant", "complete"])
    case .queryEvents: .init("cordwood_query_events_total", .counter, "Events in answers", ["tenant"])
    case .queryScannedEvents:
      .init("cordwood_query_scanned_events_total", .counter, "Events looked at for answers", ["tenant"])
    case .queryObjects:
      .init("cordwood_query_read_objects_total", .counter, "Objects read for answers", ["tenant"])
    case .queryBytes: .init("cordwood_query_read_bytes_total", .counter, "Bytes read for answers", ["tenant"])
    case .queryDuration: .init("cordwood_query_duration_seconds", .histogram, "Time to answer a query")
    case .queryCounts:
      .init("cordwood_query_counts_total", .counter, "Answered counts of events over time", ["tenant", "complete"])
    case .queryCountDuration:
      .init("cordwood_query_count_duration_seconds", .histogram, "Time to count events over time")
    case .queryRefused:
      .init("cordwood_query_refused_total", .counter, "Queries without an answer", ["tenant", "reason"])

    case .portCalls:
      .init(
        "cordwood_port_calls_total", .counter, "Calls of backends: ok, refused (no fault), failed or cancelled",
        ["port", "operation", "outcome"])
    case .portBytes:
      .init("cordwood_port_bytes_total", .counter, "Bytes that calls of backends carried", ["port", "operation"])
    case .portDuration:
      .init("cordwood_port_call_duration_seconds", .histogram, "Time of calls of backends", ["port", "operation"])

    case .httpRequests:
      .init(
        "cordwood_http_requests_total", .counter, "Answered requests; for gRPC the status is its code",
        ["protocol", "route", "status"])
    case .httpRequestDuration:
      .init("cordwood_http_request_duration_seconds", .histogram, "Time to answer a request", ["protocol", "route"])
    case .httpConnections: .init("cordwood_http_connections", .gauge, "Open connections", ["protocol"])
    case .httpAcceptedConnections:
      .init("cordwood_http_accepted_connections_total", .counter, "Accepted connections", ["protocol"])
    case .httpRefusedConnections:
      .init(
        "cordwood_http_refused_connections_total", .counter, "Connections closed at once, too many being open",
        ["protocol"])
    case .httpLiveRequests: .init("cordwood_http_live_requests", .gauge, "Requests being answered", ["protocol"])
    case .httpCancelledRequests:
      .init(
        "cordwood_http_cancelled_requests_total", .counter, "Requests ended before their answer was whole", ["protocol"]
      )
    case .httpReceivedBytes: .init("cordwood_http_received_bytes_total", .counter, "Bytes received", ["protocol"])
    case .httpSentBytes: .init("cordwood_http_sent_bytes_total", .counter, "Bytes sent", ["protocol"])
    case .httpProtocolErrors:
      .init("cordwood_http_protocol_errors_total", .counter, "Breaches of protocol or limits by clients", ["protocol"])
    case .httpTimeouts:
      .init("cordwood_http_timeouts_total", .counter, "Connections ended for a time limit", ["protocol"])

    case .agentFiles:
      .init("cordwood_agent_files", .gauge, "Files followed")
    case .agentOpenFiles:
      .init("cordwood_agent_open_files", .gauge, "Files kept open")
    case .agentCompressedFiles:
      .init("cordwood_agent_compressed_files", .gauge, "Files left alone, being compressed")
    case .agentUnreadableFiles:
      .init("cordwood_agent_unreadable_files", .gauge, "Files that cannot be opened")
    case .agentUnreadBytes:
      .init("cordwood_agent_unread_bytes", .gauge, "Bytes in files that were not read yet")
    case .agentReadBytes:
      .init("cordwood_agent_read_bytes_total", .counter, "Bytes of files that were read and cut")
    case .agentEvents:
      .init("cordwood_agent_events_total", .counter, "Events cut from files")
    case .agentOversizedEvents:
      .init("cordwood_agent_oversized_events_total", .counter, "Events passed over, being larger than a batch may be")
    case .agentBatches:
      .init("cordwood_agent_batches_total", .counter, "Batches to be sent, those of an earlier run included")
    case .agentAckedBatches:
      .init("cordwood_agent_acked_batches_total", .counter, "Batches that the server answered for")
    case .agentAckedEvents:
      .init("cordwood_agent_acked_events_total", .counter, "Events of batches that the server answered for")
    case .agentRetries:
      .init("cordwood_agent_retries_total", .counter, "Sendings that had to be repeated")
    case .agentBatchesInFlight:
      .init("cordwood_agent_in_flight_batches", .gauge, "Batches sent and not yet answered")
    case .agentSpoolBytes:
      .init("cordwood_agent_spool_bytes", .gauge, "Bytes of batches that are not acknowledged")
    case .agentSpoolLimit:
      .init("cordwood_agent_spool_limit_bytes", .gauge, "Bytes of the spool at which reading stops")
    case .agentTruncations:
      .init("cordwood_agent_truncations_total", .counter, "Files found to have other content than was read")
    case .agentLostBytes:
      .init("cordwood_agent_lost_bytes_total", .counter, "Bytes seen in files and gone before they could be read")
    case .agentFileErrors:
      .init("cordwood_agent_file_errors_total", .counter, "Failed readings of files, each tried again")
    case .agentFileProblems:
      .init("cordwood_agent_file_problems_total", .counter, "Patterns without a file, and folders not to be read")
    case .agentRefusals:
      .init(
        "cordwood_agent_refusals_total", .counter, "Refusals for good by the server, after which the same is sent again"
      )

    case .buildInfo: .init("cordwood_build_info", .gauge, "Always 1: which version runs", ["service", "version"])
    case .serviceRunning: .init("cordwood_service_running", .gauge, "1 from start to stop of a service", ["service"])
    case .tenants: .init("cordwood_tenants", .gauge, "Tenants that the file of tenants has")
    case .tenantKeys: .init("cordwood_tenant_keys", .gauge, "API keys that the file of tenants has")
    case .troubles:
      .init("cordwood_troubles_total", .counter, "What a person should look at and has no metric of its own", ["area"])
    }
  }
}
