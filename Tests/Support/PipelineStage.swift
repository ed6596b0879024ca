package import Application
import Domain
package import EventQueryContract
import InMemoryAdapter
import InProcessAdapter
import Threads

/// The use cases over memory as a stage for `EventQueryPromise`: batches go into a log, a processor packs the first half of each load into objects and
/// keeps the second in memory, so that every answer is put together from both.
package final class PipelineStage<Door: EventQueryDoor>: EventQueryStage {
  private static var partition: PartitionID { PartitionID(0) }

  package let door: Door
  private let log: InMemoryEventLog
  private let store = InMemoryObjectStore()
  private let index: InMemoryChunkIndex
  private let processor: PartitionProcessor<PlainCodec, PlainDigest>
  private let run = Lock<Task<Void, Never>?>(nil)

  /// - Parameter door: Makes the way in.
  package init(door: (QueryEvents) throws -> Door) rethrows {
    let clock = SystemClock()
    let telemetry = RecordingTelemetry()
    log = InMemoryEventLog(clock: clock)
    index = InMemoryChunkIndex(clock: clock)
    var configuration = BuildChunksConfiguration()
    configuration.policy = FlushPolicy(bytes: 1 << 30, age: .seconds(3_600))  // only when the stage says so
    processor = PartitionProcessor(
      partition: Self.partition,
      ports: BuildChunksPorts(
        log: log, store: store, index: index, deadLetters: InMemoryDeadLetterQueue(),
        snapshots: InMemoryPartitionSnapshots(), clock: clock, identifiers: RandomIdentifiers(), telemetry: telemetry),
      configuration: configuration, memory: MemoryShare(limit: configuration.memoryBytes),
      encoder: FlushEncoder(codec: PlainCodec(), digest: PlainDigest(), prefix: "test"))
    let recents = InProcessRecentEvents()
    _ = recents.register(processor, for: Self.partition)
    let ports = QueryPorts(log: log, recents: recents, index: index, store: store, clock: clock, telemetry: telemetry)
    self.door = try door(QueryEvents(ports: ports, codecs: BlockCodecs([PlainCodec()])))
  }

  /// Starts the processor. `stop` at the end.
  package func start() async throws {
    if try await index.generation() == nil { try await index.initialise(Generation(Identifier128(high: 0, low: 9))) }
    let processor = processor
    run.withLock { $0 = Task { await processor.run() } }
  }

  /// Ends the processor, which writes what is open.
  package func stop() async {
    let task = run.withLock { $0 }
    task?.cancel()
    await task?.value
  }

  package func load(_ batches: [StoredBatch]) async throws {
    try await append(batches.prefix((batches.count + 1) / 2))
    await stop()
    try await start()
    try await append(batches.dropFirst((batches.count + 1) / 2))
  }

  /// Takes away all objects: what was flushed cannot be read any more.
  package func breakSomething() async throws {
    for key in await store.keys { try await store.delete(key) }
  }

  private func append(_ batches: ArraySlice<StoredBatch>) async throws {
    for batch in batches { _ = try await log.append(EncodedRecord(batch), to: Self.partition) }
    // Whoever asks the processor waits until it has read all of them; while it starts, it is no owner yet.
    while !Task.isCancelled {
      do throws(RecentEventsError) {
        let answer = try await processor.recent(
          in: Self.partition, tenant: .default, service: nil, range: .all, patience: .seconds(10))
        if answer.isCaughtUp { return }
      } catch {
        await Task.yield()
      }
    }
  }
}

extension EncodedRecord {
  /// As the ingestor would have written it, had the batch come just now.
  fileprivate init(_ batch: StoredBatch) {
    var columns = EventColumns()
    for attribute in batch.resource { AttributeEncoding.append(attribute, to: &columns.resource) }
    for event in batch.events {
      for attribute in event.attributes { columns.append(attribute) }
      columns.endEvent(
        timestamp: event.originalTimestamp ?? event.key.timestamp, severity: event.severity,
        severityText: Array(event.severityText.utf8).span, message: event.message.span, traceID: event.traceID,
        spanID: event.spanID, index: event.key.index)
      if event.originalTimestamp != nil {
        columns.replaceTimestamp(at: columns.count - 1, with: event.key.timestamp)
      }
    }
    let now = SystemClock().now()
    let header = BatchHeader(
      stream: StreamID(tenant: batch.tenant, service: batch.service), producer: batch.producer,
      sequence: batch.sequence, digest: UInt32(truncatingIfNeeded: batch.sequence), firstSent: now, received: now)
    self.init(header, columns)
  }
}

extension EventColumns {
  fileprivate mutating func append(_ attribute: Attribute) {
    let key = Array(attribute.key.utf8)
    switch attribute.value {
    case .string(let text): appendAttribute(key: key.span, string: Array(text.utf8).span)
    case .int(let value): appendAttribute(key: key.span, int: value)
    case .double(let value): appendAttribute(key: key.span, double: value)
    case .bool(let value): appendAttribute(key: key.span, bool: value)
    }
  }
}
