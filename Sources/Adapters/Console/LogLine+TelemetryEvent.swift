import Application
import Domain

/// The one place where an event becomes a line: troubles are warnings or errors, what happens all the time is debug.
extension LogLine {
  /// Known before the line is made, so that what is not shown costs nothing.
  static func level(of event: TelemetryEvent) -> LogLevel {
    switch event {
    case .started, .stopped, .deadLettersDropped: .info
    case .logRecovered(_, _, _, let tail): tail == .damaged ? .warn : .info
    case .flushFailed, .flushLost, .eventsDeadLettered, .snapshotFailed, .fileLost, .fileFailed: .warn
    case .indexRebuilt(let report): report.isDoubtful ? .warn : .info
    case .logWriteFailed, .logReadFailed, .syncFailed, .logDamaged, .deadLettersDamaged, .gapCommitted,
      .partitionStopped, .trouble,
      .indexRebuildFailed,
      .sendingRefused:
      .error
    case .fileTruncated, .filesProblem, .tenantsRead: .info
    case .queryAnswered(_, _, _, _, _, let isComplete, _), .histogramAnswered(_, _, _, _, let isComplete, _):
      isComplete ? .debug : .warn
    case .portCall(_, _, let outcome, _, _): outcome == .failed ? .warn : .debug
    case .requestAnswered(_, _, let status, _): (500..<600).contains(status) ? .warn : .debug
    case .batchAccepted, .batchRefused, .batchDelayed, .recordsAppended, .logSynced, .logSize, .logTrimmed,
      .damagedSegments, .batchesJudged, .partitionProgress, .flushCommitted, .snapshotTaken, .queryRefused, .door,
      .tail, .sendingRetried, .deadLetterReplayed, .deadLettersHeld:
      .debug
    }
  }

  init(_ event: TelemetryEvent) {
    let (message, fields) = Self.content(event)
    self.init(Self.level(of: event), message, fields)
  }

  private static func content(_ event: TelemetryEvent) -> (String, [Field]) {
    switch event {
    case .batchAccepted(let tenant, let events, let bytes, let retimed, let duration):
      (
        "batch accepted",
        [
          Field("tenant", tenant), Field("events", events), Field("bytes", bytes), Field("retimed", retimed),
          time(duration),
        ]
      )
    case .batchRefused(let tenant, let reason):
      ("batch refused", [Field("tenant", name(tenant)), Field("reason", reason.rawValue)])
    case .batchDelayed(let tenant, let reason):
      ("batch delayed", [Field("tenant", tenant), Field("reason", reason.rawValue)])
    case .eventsDeadLettered(let tenant, let reason, let count):
      ("events dead-lettered", [Field("tenant", name(tenant)), Field("reason", reason.text), Field("count", count)])
    case .deadLetterReplayed(let tenant, let reason, let outcome):
      (
        "dead letter replayed",
        [Field("tenant", name(tenant)), Field("reason", reason.text), Field("outcome", outcome.rawValue)]
      )
    case .deadLettersDropped(let count): ("dead letters dropped", [Field("count", count)])
    case .deadLettersDamaged(let bytes, let reason):
      ("the dead letters are damaged", [Field("lost_bytes", bytes), Field("reason", reason)])
    case .deadLettersHeld(let counts):
      ("dead letters held", [Field("count", counts.values.reduce(0, +))])
    case .recordsAppended(let partition, let records, let bytes):
      ("records appended", [Field("partition", partition.number), Field("records", records), Field("bytes", bytes)])
    case .logSynced(let partition, let duration):
      ("log synced", [Field("partition", partition.number), time(duration)])
    case .logWriteFailed(let partition, let reason):
      ("log write failed", [Field("partition", partition.number), Field("reason", reason)])
    case .logReadFailed(let partition, let reason):
      ("log read failed", [Field("partition", partition.number), Field("reason", reason)])
    case .syncFailed(let port, let reason):
      ("fsync failed", [Field("port", port.rawValue), Field("reason", reason)])
    case .logRecovered(let partition, let records, let droppedBytes, let tail):
      (
        tail == .damaged ? "log recovered; its end is damaged, and kept" : "log recovered",
        [
          Field("partition", partition.number), Field("records", records), Field("dropped_bytes", droppedBytes),
          Field("tail", tail.rawValue),
        ]
      )
    case .logDamaged(let partition, let records, let reason):
      (
        "the log is damaged",
        [Field("partition", partition.number), Field("records", records), Field("reason", reason)]
      )
    case .damagedSegments(let partition, let count):
      ("damaged segments", [Field("partition", partition.number), Field("count", count)])
    case .logSize(let partition, let bytes):
      ("log size", [Field("partition", partition.number), Field("bytes", bytes)])
    case .logTrimmed(let partition, let segments, let bytes):
      ("log trimmed", [Field("partition", partition.number), Field("segments", segments), Field("bytes", bytes)])
    case .batchesJudged(let partition, let taken, let duplicates, let refused):
      (
        "batches judged",
        [
          Field("partition", partition.number), Field("taken", taken), Field("duplicates", duplicates),
          Field("refused", refused),
        ]
      )
    case .partitionProgress(let partition, let openBytes, let openEvents, let lag):
      (
        "partition progress",
        [
          Field("partition", partition.number), Field("open_bytes", openBytes), Field("open_events", openEvents),
          Field("lag", lag),
        ]
      )
    case .flushCommitted(
      let partition, let reason, let events, let rawBytes, let storedBytes, let objects, let duration):
      (
        "flush committed",
        [
          Field("partition", partition.number), Field("reason", reason.rawValue), Field("events", events),
          Field("raw_bytes", rawBytes), Field("stored_bytes", storedBytes), Field("objects", objects), time(duration),
        ]
      )
    case .flushLost(let partition): ("flush lost to another owner", [Field("partition", partition.number)])
    case .flushFailed(let partition, let reason):
      ("flush failed", [Field("partition", partition.number), Field("reason", reason)])
    case .gapCommitted(let partition, let records, let reason):
      (
        "the log has lost records",
        [
          Field("partition", partition.number), Field("records", records.map { "\($0)" } ?? "unknown"),
          Field("reason", reason),
        ]
      )
    case .partitionStopped(let partition, let reason):
      ("partition stopped", [Field("partition", partition.number), Field("reason", reason)])
    case .snapshotTaken(let partition, let bytes, let duration):
      ("snapshot taken", [Field("partition", partition.number), Field("bytes", bytes), time(duration)])
    case .snapshotFailed(let partition, let reason):
      ("snapshot failed", [Field("partition", partition.number), Field("reason", reason)])
    case .indexRebuilt(let report):
      (
        report.isDoubtful ? "index rebuilt, but not all of it could be read" : "index rebuilt",
        [
          Field("generation", report.generation), Field("partitions", report.partitions.count),
          Field("flushes", report.partitions.reduce(0) { $0 + $1.flushes }),
          Field("objects", report.partitions.reduce(0) { $0 + $1.objects }),
          Field("strays", report.partitions.reduce(0) { $0 + $1.strays }),
          Field("unreadable", report.partitions.reduce(0) { $0 + $1.unreadable.count }),
          Field("unreached_flushes", report.partitions.reduce(0) { $0 + $1.unreached }), time(report.duration),
        ]
      )
    case .indexRebuildFailed(let reason): ("index rebuild failed", [Field("reason", reason)])
    case .queryAnswered(let tenant, let events, let scanned, let objects, let bytes, let isComplete, let duration):
      (
        isComplete ? "query answered" : "query answered incompletely",
        [
          Field("tenant", tenant), Field("events", events), Field("scanned", scanned), Field("objects", objects),
          Field("bytes", bytes), time(duration),
        ]
      )
    case .histogramAnswered(let tenant, let scanned, let objects, let bytes, let isComplete, let duration):
      (
        isComplete ? "events counted" : "events counted incompletely",
        [
          Field("tenant", tenant), Field("scanned", scanned), Field("objects", objects), Field("bytes", bytes),
          time(duration),
        ]
      )
    case .queryRefused(let tenant, let reason):
      ("query refused", [Field("tenant", name(tenant)), Field("reason", reason.rawValue)])
    case .portCall(let port, let operation, let outcome, let bytes, let duration):
      (
        outcome == .failed ? "backend call failed" : "backend call",
        [
          Field("port", port.rawValue), Field("operation", operation), Field("outcome", outcome.rawValue),
          Field("bytes", bytes), time(duration),
        ]
      )
    case .requestAnswered(let door, let route, let status, let duration):
      (
        "request answered",
        [
          Field("protocol", door.rawValue), Field("route", route), Field("status", status), time(duration),
        ]
      )
    case .door(let door, let figures):
      ("connections", [Field("protocol", door.rawValue), Field("open", figures.openConnections)])
    case .tail(let figures):
      (
        "files followed",
        [
          Field("files", figures.files), Field("open", figures.openFiles), Field("events", figures.events),
          Field("acked", figures.acknowledgedEvents), Field("unread_bytes", figures.unreadBytes),
          Field("spool_bytes", figures.spoolBytes),
        ]
      )
    case .fileTruncated(let path, let offset, let size):
      (
        "file has other content than was read: it is read from its start",
        [Field("path", path), Field("read_bytes", offset), Field("size", size)]
      )
    case .fileLost(let path, let bytes):
      ("bytes of a file were gone before they could be read", [Field("path", path), Field("bytes", bytes)])
    case .fileFailed(let path, let reason):
      ("file cannot be read", [Field("path", path), Field("reason", reason)])
    case .filesProblem(let reason): ("files to follow", [Field("reason", reason)])
    case .sendingRetried(let reason): ("sending is repeated", [Field("reason", reason)])
    case .sendingRefused(let stream, let reason):
      (
        "the server refuses what it is sent; it is kept, and sent again",
        [Field("service", stream?.service.text ?? "any"), Field("reason", reason)]
      )
    case .started(let service, let version): ("started", [Field("service", service), Field("version", version)])
    case .stopped(let service): ("stopped", [Field("service", service)])
    case .tenantsRead(let tenants, let keys):
      ("the file of tenants was read", [Field("tenants", tenants), Field("keys", keys)])
    case .trouble(let area, let reason): ("trouble", [Field("area", area), Field("reason", reason)])
    }
  }

  private static func time(_ duration: Duration) -> Field { Field("seconds", duration.fractionalSeconds) }

  private static func name(_ tenant: TenantID?) -> String { tenant?.text ?? "_unknown" }
}
