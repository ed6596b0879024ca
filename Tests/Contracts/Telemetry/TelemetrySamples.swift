package import Application
import Domain

/// One event of each case, and some that are hard to show.
package enum TelemetrySamples {
  package static func everyCase() throws -> [TelemetryEvent] {
    let (tenant, partition, second) = (try TenantID("tenant-1"), PartitionID(3), Duration.seconds(1))
    var figures = TailFigures()
    figures.files = 3
    return [
      .batchAccepted(tenant: tenant, events: 10, bytes: 2_200, retimed: 1, duration: .milliseconds(3)),
      .batchRefused(tenant: nil, reason: .invalidTenant),
      .batchRefused(tenant: tenant, reason: .tooLarge),
      .batchDelayed(tenant: tenant, reason: .rateLimited),
      .eventsDeadLettered(tenant: tenant, reason: .event(.messageTooLong), count: 2),
      .eventsDeadLettered(tenant: nil, reason: .undecodable, count: 1),
      .deadLetterReplayed(tenant: nil, reason: .undecodable, outcome: .skipped),
      .deadLettersDropped(count: 3),
      .deadLettersHeld([.undecodable: 2]),
      .deadLettersDamaged(bytes: 20, reason: "a byte has changed"),
      .recordsAppended(partition: partition, records: 4, bytes: 4_000),
      .logSynced(partition: partition, duration: .milliseconds(2)),
      .logWriteFailed(partition: partition, reason: "input/output error"),
      .syncFailed(port: .objectStore, reason: "input/output error"),
      .logRecovered(partition: partition, records: 12, droppedBytes: 7, tail: .torn),
      .logReadFailed(partition: partition, reason: "read: Input/output error"),
      .logDamaged(partition: partition, records: 3, reason: "a flipped bit"),
      .damagedSegments(partition: partition, count: 1),
      .logSize(partition: partition, bytes: 64_000),
      .logTrimmed(partition: partition, segments: 2, bytes: 32_000),
      .batchesJudged(partition: partition, taken: 3, duplicates: 2, refused: 1),
      .partitionProgress(partition: partition, openBytes: 1_000, openEvents: 10, lag: 5),
      .flushCommitted(
        partition: partition, reason: .age, events: 100, rawBytes: 22_000, storedBytes: 2_000, objects: 1,
        duration: second),
      .flushLost(partition: partition),
      .flushFailed(partition: partition, reason: "object store unavailable"),
      .gapCommitted(partition: partition, records: 7, reason: "a flipped bit"),
      .gapCommitted(partition: partition, records: nil, reason: "a new log epoch"),
      .partitionStopped(partition: partition, reason: "the log's epoch differs"),
      .snapshotTaken(partition: partition, bytes: 4_000, duration: second),
      .snapshotFailed(partition: partition, reason: "object store unavailable"),
      .indexRebuilt(
        RebuildReport(
          generation: .first(random: Identifier128(high: 0, low: 1)), partitions: [.init(partition: partition)],
          objectsListed: 7, duration: second)),
      .tenantsRead(tenants: 3, keys: 5),
      .indexRebuildFailed(reason: "object store unavailable"),
      .queryAnswered(
        tenant: tenant, events: 100, scanned: 5_000, objectsRead: 3, bytesRead: 70_000, isComplete: false,
        duration: second),
      .histogramAnswered(
        tenant: tenant, scanned: 4_000, objectsRead: 2, bytesRead: 60_000, isComplete: true, duration: second),
      .queryRefused(tenant: tenant, reason: .overBudget),
      .portCall(port: .objectStore, operation: "put", outcome: .failed, bytes: 10, duration: second),
      .requestAnswered(protocol: .http, route: "/v1/query", status: 503, duration: second),
      .door(
        .grpc,
        DoorFigures(
          openConnections: 2, acceptedConnections: 9, refusedConnections: 1, liveRequests: 2, cancelledRequests: 3,
          receivedBytes: 4, sentBytes: 5, protocolErrors: 6, timeouts: 8)),
      .tail(figures),
      .fileTruncated(path: "/var/log/app.log", offset: 100, size: 10),
      .fileLost(path: "/var/log/app.log", bytes: 5),
      .fileFailed(path: "/var/log/app.log", reason: "permission denied"),
      .filesProblem(reason: "'/var/log/*.txt' matches no file"),
      .sendingRetried(reason: "no answer"),
      .sendingRefused(stream: nil, reason: "no such tenant"),
      .started(service: "ingestor", version: "0.1.0"),
      .stopped(service: "ingestor"),
      .trouble(area: "settings", reason: "the data folder is nearly full"),
    ]
  }

  /// Names and reasons that a careless adapter would break its own format with.
  package static func hostile() throws -> [TelemetryEvent] {
    let names = ["\"quoted\"", "back\\slash", "ünï—cødé", String(repeating: "x", count: 128), "{a=\"b\"} 1"]
    return try names.map { .batchDelayed(tenant: try TenantID($0), reason: .logFull) } + [
      .flushFailed(
        partition: PartitionID(1), reason: "two\nlines\r\n\u{1b}[31mred\0" + String(repeating: "y", count: 100_000)),
      .batchAccepted(
        tenant: try TenantID("t"), events: .max, bytes: .max, retimed: .max, duration: .seconds(Int64.max)),
      .batchAccepted(tenant: try TenantID("t"), events: 0, bytes: 0, retimed: 0, duration: .seconds(-1)),
      .partitionProgress(partition: PartitionID(.max), openBytes: .max, openEvents: .max, lag: .max),
      .logRecovered(partition: PartitionID(0), records: .max, droppedBytes: .max, tail: .damaged),
    ]
  }
}
