import Application
import Domain
import TelemetryContract
import Testing

@testable import PrometheusAdapter

@Suite("Telemetry for Prometheus", .timeLimit(.minutes(1)))
struct PrometheusTelemetryTests {
  /// The exposition without what changes by itself.
  private func shown(_ telemetry: PrometheusTelemetry) -> [String] {
    String(decoding: telemetry.exposition(), as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.contains("process_") }
  }

  private func samples(_ telemetry: PrometheusTelemetry) -> [String] { shown(telemetry).filter { !$0.hasPrefix("#") } }

  @Test("keeps the port's promises", arguments: TelemetryPromise.allCases)
  func keeps(_ promise: TelemetryPromise) async throws {
    try await promise.check {
      let telemetry = PrometheusTelemetry()
      return TelemetryUnderTest(telemetry) { shown(telemetry).joined(separator: "\n") }
    }
  }

  @Test("counts batches, events and bytes by tenant")
  func ingest() throws {
    let telemetry = PrometheusTelemetry()
    let tenant = try TenantID("tenant-1")
    for _ in 0..<2 {
      telemetry.record(
        .batchAccepted(tenant: tenant, events: 1_000, bytes: 220_000, retimed: 3, duration: .milliseconds(7)))
    }
    let lines = samples(telemetry)
    #expect(lines.contains(#"cordwood_ingest_batches_total{tenant="tenant-1"} 2"#))
    #expect(lines.contains(#"cordwood_ingest_events_total{tenant="tenant-1"} 2000"#))
    #expect(lines.contains(#"cordwood_ingest_bytes_total{tenant="tenant-1"} 440000"#))
    #expect(lines.contains(#"cordwood_ingest_retimed_events_total{tenant="tenant-1"} 6"#))
    #expect(lines.contains(#"cordwood_ingest_batch_duration_seconds_bucket{le="0.005"} 0"#))
    #expect(lines.contains(#"cordwood_ingest_batch_duration_seconds_bucket{le="0.01"} 2"#))
    #expect(lines.contains(#"cordwood_ingest_batch_duration_seconds_bucket{le="+Inf"} 2"#))
    #expect(lines.contains("cordwood_ingest_batch_duration_seconds_sum 0.014"))
    #expect(lines.contains("cordwood_ingest_batch_duration_seconds_count 2"))
  }

  @Test("shows failed fsyncs before the first one failed")
  func fsyncErrors() {
    let telemetry = PrometheusTelemetry()
    #expect(samples(telemetry).contains(#"cordwood_fsync_errors_total{port="event_log"} 0"#))
    telemetry.record(.syncFailed(port: .eventLog, reason: "input/output error"))
    #expect(samples(telemetry).contains(#"cordwood_fsync_errors_total{port="event_log"} 1"#))
  }

  @Test("shows the counters of a partition before the first one rises, from the moment it is heard of")
  func partitionCounters() {
    let telemetry = PrometheusTelemetry()
    #expect(!samples(telemetry).contains { $0.contains("partition=") })
    telemetry.record(.logDamaged(partition: PartitionID(1), records: 2, reason: "a bit"))
    telemetry.record(.logSize(partition: PartitionID(1), bytes: 7))
    telemetry.record(.partitionProgress(partition: PartitionID(4), openBytes: 0, openEvents: 0, lag: 0))
    let lines = samples(telemetry)
    for name in [
      "cordwood_gaps_total", "cordwood_gap_records_total", "cordwood_index_failed_snapshots_total",
      "cordwood_log_read_errors_total", "cordwood_log_write_errors_total", "cordwood_processor_failed_flushes_total",
    ] {
      #expect(lines.contains("\(name){partition=\"1\"} 0") && lines.contains("\(name){partition=\"4\"} 0"), "\(name)")
    }
    #expect(lines.contains(#"cordwood_log_recovered_tails_total{partition="1",kind="damaged"} 0"#))
    #expect(lines.contains(#"cordwood_log_damaged_records_total{partition="1"} 2"#))
    #expect(lines.contains(#"cordwood_log_damaged_records_total{partition="4"} 0"#))
    #expect(lines.contains("cordwood_index_unreached_flushes_total 0"))
  }

  @Test("shows the newest progress of a partition, and whether it is stopped")
  func progress() {
    let telemetry = PrometheusTelemetry()
    let partition = PartitionID(3)
    telemetry.record(.partitionProgress(partition: partition, openBytes: 500, openEvents: 5, lag: 9))
    telemetry.record(.partitionProgress(partition: partition, openBytes: 100, openEvents: 1, lag: 0))
    telemetry.record(.partitionStopped(partition: partition, reason: "epoch differs"))
    let lines = samples(telemetry)
    #expect(lines.contains(#"cordwood_processor_open_bytes{partition="3"} 100"#))
    #expect(lines.contains(#"cordwood_processor_open_events{partition="3"} 1"#))
    #expect(lines.contains(#"cordwood_processor_lag_records{partition="3"} 0"#))
    #expect(lines.contains(#"cordwood_processor_partition_stopped{partition="3"} 1"#))
  }

  @Test("labels requests, port calls and connections")
  func frontDoors() {
    let telemetry = PrometheusTelemetry()
    telemetry.record(.requestAnswered(protocol: .http, route: "/v1/query", status: 200, duration: .milliseconds(4)))
    telemetry.record(
      .door(
        .grpc,
        DoorFigures(
          openConnections: 7, acceptedConnections: 9, refusedConnections: 1, liveRequests: 2, cancelledRequests: 3,
          receivedBytes: 4, sentBytes: 5, protocolErrors: 6, timeouts: 8)))
    telemetry.record(.portCall(port: .chunkIndex, operation: "commit", outcome: .refused, bytes: 0, duration: .zero))
    let lines = samples(telemetry)
    #expect(lines.contains(#"cordwood_http_requests_total{protocol="http",route="/v1/query",status="200"} 1"#))
    #expect(lines.contains(#"cordwood_http_connections{protocol="grpc"} 7"#))
    #expect(lines.contains(#"cordwood_http_timeouts_total{protocol="grpc"} 8"#))
    #expect(lines.contains(#"cordwood_port_calls_total{port="chunk_index",operation="commit",outcome="refused"} 1"#))
  }

  @Test("gives tenants above the cap one name, and none to unknown ones")
  func tenantCap() throws {
    let telemetry = PrometheusTelemetry(tenantLabels: 2)
    for number in 0..<5 { telemetry.record(.batchDelayed(tenant: try TenantID("t\(number)"), reason: .logFull)) }
    telemetry.record(.batchDelayed(tenant: try TenantID("t1"), reason: .logFull))
    telemetry.record(.batchRefused(tenant: nil, reason: .malformed))
    let lines = samples(telemetry)
    #expect(lines.contains(#"cordwood_ingest_delayed_batches_total{tenant="other",reason="log-full"} 3"#))
    #expect(lines.contains(#"cordwood_ingest_delayed_batches_total{tenant="t1",reason="log-full"} 2"#))
    #expect(lines.contains(#"cordwood_ingest_refused_batches_total{tenant="_unknown",reason="malformed"} 1"#))
    #expect(!lines.contains { $0.contains("t2") })
  }

  @Test("escapes what a label's value may hold")
  func escaping() throws {
    let telemetry = PrometheusTelemetry()
    telemetry.record(.batchDelayed(tenant: try TenantID(#"a"b\c"#), reason: .logFull))
    #expect(
      samples(telemetry).contains(#"cordwood_ingest_delayed_batches_total{tenant="a\"b\\c",reason="log-full"} 1"#))
  }

  @Test("escapes line breaks in a help text")
  func help() {
    var writer = ExpositionWriter()
    writer.describe(name: "a", kind: .gauge, help: "Waiting\njobs")
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "# HELP a Waiting\\njobs\n# TYPE a gauge\n")
  }

  @Test("tells of its process")
  func process() throws {
    let values = try ProcessMetrics.read().map { try #require($0) }
    #expect(values[0] > 0 && values[0] < 100_000, "processor time")
    #expect(values[1] > 1_000_000 && values[1] < 1e12, "resident memory")
    #expect(values[2] >= 3 && values[2] < 100_000, "open files")
    let age = ProcessFiles.secondsSinceEpoch() - values[3]
    #expect(age > -1 && age < 86_400, "start time")
  }

  @Test("shows whole numbers as such and others as they are")
  func numbers() {
    #expect(
      [0, 1, -1, 1e15, 0.25, 1e-7, .infinity, -.infinity, .nan].map(ExpositionWriter.text) == [
        "0", "1", "-1", "1000000000000000", "0.25", "1e-07", "+Inf", "-Inf", "NaN",
      ])
  }
}
