import Application
import DiskAdapter
import Domain
import InProcessAdapter
import SQLiteAdapter
import Threads
import ZlibAdapter
import ZstdAdapter

/// The backends of a data folder that no server has, opened for one command, with the use cases over them.
enum OperatorBackends {
  static func open<Value: Sendable>(
    _ folder: DataFolder, damagedIndex: SQLiteChunkIndex.DamagePolicy,
    _ body: (OperatorConnection) async throws -> Value
  ) async throws -> Value {
    let blocking = ThreadPool(name: "blocking", threads: 4)
    let backends = try await EmbeddedBackends.open(
      folder.path, partitions: nil, logKeepBytes: .max, pool: blocking, clock: SystemClock(),
      identifiers: RandomIdentifiers(), telemetry: Unheard(), damagedIndex: damagedIndex)
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(connection(backends))) } catch { outcome = .failure(error) }
    await backends.close()
    return try outcome.get()
  }

  private static func connection(_ backends: EmbeddedBackends) -> OperatorConnection {
    let clock = SystemClock()
    let recovery = IndexRecoveryPorts(
      index: backends.index, store: RetryingObjectStore(backends.store, clock: clock),
      lease: InProcessLease(clock: clock),
      clock: clock, identifiers: RandomIdentifiers(), telemetry: Unheard())
    return OperatorConnection(
      deadLetters: OperateDeadLetters(queue: backends.deadLetters),
      index: OperateIndex(
        ports: recovery, configuration: IndexRecoveryConfiguration(), codec: ZstdCompression(),
        codecs: BlockCodecs([ZstdCompression(), GzipCompression()])))
  }
}

/// A command has no metrics and says itself what it does.
private struct Unheard: Telemetry {
  func record(_ event: TelemetryEvent) {}
}
