import Application
import Domain
import EventIngestContract
import InMemoryAdapter
import InProcessAdapter
import Threads

/// The use case over memory, for the contract of ingest.
struct IngestBatchesStage: Sendable {
  private final class Limiter: RateLimiter {
    private let state = Lock<Duration?>(nil)

    func refuse(for wait: Duration) { state.withLock { $0 = wait } }

    func admit(_ tenant: TenantID, events: Int, bytes: Int) async -> Admission {
      state.withLock { wait in wait.map { .refused(retryAfter: $0) } ?? .admitted }
    }
  }

  let ingest: IngestBatches
  private let log: InMemoryEventLog
  private let limiter = Limiter()

  init() {
    let clock = SystemClock()
    log = InMemoryEventLog(clock: clock)
    let ports = IngestPorts(
      log: log, deadLetters: InMemoryDeadLetterQueue(), index: InMemoryChunkIndex(clock: clock), limiter: limiter,
      clock: clock, identifiers: SeededIdentifiers(seed: 1), telemetry: RecordingTelemetry())
    ingest = IngestBatches(ports: ports, configuration: IngestConfiguration())
  }

  /// The use case does not stop by itself: the door's own shutdown is tested with the reference.
  func stage(_ door: any IngestDoor) -> IngestStage {
    IngestStage(
      door: door, taken: { stream in try await messages(of: stream) },
      overload: { wait in limiter.refuse(for: wait) })
  }

  private func messages(of stream: StreamID) async throws -> [[[UInt8]]] {
    let slice = try await log.read(PartitionID(0), from: 0, limit: .max, patience: .zero)
    let batches = try slice.records.map { try EventBatch($0.record) }
    return batches.filter { $0.header.stream == stream }.map { batch in
      (0..<batch.count).map { Array(batch.bytes[batch.messageRange(at: $0)]) }
    }
  }
}
