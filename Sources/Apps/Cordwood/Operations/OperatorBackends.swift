import Application
import DiskAdapter
import InProcessAdapter
import SQLiteAdapter
import Serving
import Threads
import ZstdAdapter

/// The backends of a data folder that no server has, opened for one command, with the use cases over them.
enum OperatorBackends {
  static func open<Value: Sendable>(
    _ folder: DataFolder, damagedIndex: SQLiteChunkIndex.DamagePolicy, _ ingest: IngestConfiguration,
    _ body: (OperatorConnection) async throws -> Value
  ) async throws -> Value {
    let blocking = ThreadPool(name: "blocking", threads: 4)
    let backends = try await EmbeddedBackends.open(
      folder.path, partitions: nil, logKeepBytes: .max, pool: blocking, clock: SystemClock(),
      identifiers: RandomIdentifiers(), telemetry: Unheard(), damagedIndex: damagedIndex)
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(await connection(backends, ingest))) } catch { outcome = .failure(error) }
    await backends.close()
    return try outcome.get()
  }

  private static func connection(
    _ backends: EmbeddedBackends, _ configuration: IngestConfiguration
  ) async -> OperatorConnection {
    let (clock, telemetry, identifiers) = (SystemClock(), Unheard(), RandomIdentifiers())
    let ingest = IngestBatches(
      ports: IngestPorts(
        log: backends.log, deadLetters: backends.deadLetters, index: backends.index,
        limiter: TokenBucketLimiter(.unlimited, clock: clock), clock: clock, identifiers: identifiers,
        telemetry: telemetry),
      configuration: configuration)
    let recovery = IndexRecoveryPorts(
      log: backends.log, index: backends.index, store: RetryingObjectStore(backends.store, clock: clock),
      lease: InProcessLease(clock: clock), clock: clock, identifiers: identifiers, telemetry: telemetry)
    await InformLog(ports: recovery, configuration: IndexRecoveryConfiguration(), codecs: .all).run()
    return OperatorConnection(
      deadLetters: OperateDeadLetters(
        backends, index: backends.index, ingest: ingest, clock: clock, telemetry: telemetry, mayFlush: false),
      index: OperateIndex(
        ports: recovery, configuration: IndexRecoveryConfiguration(), codec: ZstdCompression(), codecs: .all))
  }
}

/// A command has no metrics and says itself what it does.
private struct Unheard: Telemetry {
  func record(_ event: TelemetryEvent) {}
}
