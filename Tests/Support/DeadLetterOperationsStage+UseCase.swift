package import Application
package import DeadLetterOperationsContract
import Domain
import InMemoryAdapter
import Threads

extension DeadLetterOperationsStage {
  /// The use case over memory.
  ///
  /// - Parameter door: What stands before it.
  package static func useCase(
    telemetry: any Telemetry = RecordingTelemetry(), mayFlush: Bool = true,
    door: (OperateDeadLetters) throws -> any DeadLetterOperations
  ) rethrows -> DeadLetterOperationsStage {
    let clock = ScriptedClock(at: Timestamp(nanoseconds: 1_767_225_700_000_000_000))
    let (log, index) = (InMemoryEventLog(clock: clock), InMemoryChunkIndex(clock: clock))
    let (queue, decoding) = (InMemoryDeadLetterQueue(), TextDecoding())
    let ingest = IngestBatches(
      ports: IngestPorts(
        log: log, deadLetters: queue, index: index, limiter: NoLimit(), clock: clock,
        identifiers: SeededIdentifiers(seed: 3), telemetry: telemetry),
      configuration: IngestConfiguration())
    let operations = OperateDeadLetters(
      ports: DeadLetterPorts(
        queue: queue, index: index, ingest: ingest, decoding: decoding, digest: PlainDigest(), clock: clock,
        telemetry: telemetry, mayFlush: mayFlush))
    let flushes = Flushes(index)
    return DeadLetterOperationsStage(
      operations: try door(operations), put: { try await queue.append($0) }, publish: { try await flushes.commit($0) },
      taken: {
        let slice = try await log.read(PartitionID(0), from: 0, limit: .max, patience: .zero)
        return try slice.records.map { record in
          let batch = try EventBatch(record.record)
          let texts = (0..<batch.count).map { row in
            String(decoding: batch.bytes[batch.messageRange(at: row)], as: UTF8.self)
          }
          return (batch.header.producer, texts)
        }
      }, allowBadEvents: { decoding.allowsBadEvents.withLock { $0 = true } })
  }
}

/// Any bytes are an event with that message; some begin with `bad`.
private final class TextDecoding: EventDecoding {
  let allowsBadEvents = Lock(false)

  func decode(_ event: [UInt8], limits: EventLimits) -> DecodedEvent {
    if event.starts(with: "bad".utf8), !allowsBadEvents.withLock({ $0 }) { return .rejected(.messageTooLong) }
    let none: [UInt8] = []
    var columns = EventColumns()
    columns.endEvent(
      timestamp: Timestamp(nanoseconds: 1_767_225_600_000_000_000), severity: .info, severityText: none.span,
      message: event.span, traceID: nil, spanID: nil, index: 0)
    return .event(columns)
  }
}

private struct NoLimit: RateLimiter {
  func admit(_ tenant: TenantID, events: Int, bytes: Int) async -> Admission { .admitted }
}

/// Commits flushes without events to an index.
private actor Flushes {
  private let index: InMemoryChunkIndex
  private var head: FlushID?
  private var count: UInt64 = 0

  init(_ index: InMemoryChunkIndex) { self.index = index }

  func commit(_ letters: [DeadLetterID]) async throws {
    let generation = Generation(Identifier128(high: 0, low: 9))
    if try await index.generation() == nil { try await index.initialise(generation) }
    let flush = FlushID(Identifier128(high: 8, low: count + 1))
    try await index.commit(
      FlushCommit(
        partition: PartitionID(0), generation: generation, flush: flush, parent: head,
        epoch: LogEpoch(Identifier128(high: 0, low: 1)), range: count..<(count + 1), objects: [], windows: [],
        deadLetters: letters, begun: try await index.time(), newestAppend: .epoch))
    head = flush
    count += 1
  }
}
