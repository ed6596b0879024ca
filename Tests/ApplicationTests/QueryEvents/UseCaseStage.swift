import Application
import Domain
import EventQueryContract
import InMemoryAdapter

/// The use cases over memory as a stage: batches are appended to the log, and a processor that runs beside the promise
/// flushes some of them and keeps the others in hand.
final class UseCaseStage: EventQueryStage {
  let door: DirectEventQueryDoor
  private let pipeline: Pipeline
  private let processing: Task<Void, Never>

  init() async throws {
    var configuration = Pipeline.quick
    configuration.policy = FlushPolicy(bytes: 6_000, age: .seconds(3_600))
    let pipeline = Pipeline(configuration: configuration)
    try await pipeline.index.initialise(Generation(Identifier128(high: 0, low: 9)))
    self.pipeline = pipeline
    door = DirectEventQueryDoor(pipeline.query)
    processing = Task { await pipeline.processor.run() }
    // Owned from here on: the first question would else find nobody.
    while case .failure = await Self.recent(pipeline) { await Task.yield() }
  }

  deinit { processing.cancel() }

  func load(_ batches: [StoredBatch]) async throws {
    for batch in batches { _ = try await pipeline.log.append(Self.record(batch), to: PartitionID(0)) }
  }

  /// Nobody answers for the newest events any more.
  func breakSomething() async throws {
    await pipeline.index.forgetEverything()
  }

  private static func recent(_ pipeline: Pipeline) async -> Result<RecentAnswer, RecentEventsError> {
    do throws(RecentEventsError) {
      return .success(
        try await pipeline.processor.recent(
          in: PartitionID(0), tenant: .default, service: nil, range: .all, patience: .zero))
    } catch { return .failure(error) }
  }

  private static func record(_ batch: StoredBatch) -> EncodedRecord {
    var columns = EventColumns()
    for attribute in batch.resource { AttributeEncoding.append(attribute, to: &columns.resource) }
    for (row, event) in batch.events.enumerated() {
      var attributes: [UInt8] = []
      for attribute in event.attributes { AttributeEncoding.append(attribute, to: &attributes) }
      columns.appendAttributes(encoded: attributes.span)
      columns.endEvent(
        timestamp: event.originalTimestamp ?? event.key.timestamp, severity: event.severity,
        severityText: Array(event.severityText.utf8).span, message: event.message.span, traceID: event.traceID,
        spanID: event.spanID, index: event.key.index)
      if event.originalTimestamp != nil { columns.replaceTimestamp(at: row, with: event.key.timestamp) }
    }
    let now = Batches.start
    let header = BatchHeader(
      stream: StreamID(tenant: batch.tenant, service: batch.service), producer: batch.producer,
      sequence: batch.sequence, digest: 1, firstSent: now, received: now)
    return EncodedRecord(header, columns)
  }
}
