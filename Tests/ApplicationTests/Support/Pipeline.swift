import Application
import Domain
import InMemoryAdapter
import TestSupport

/// The three use cases over in-memory adapters, with one clock.
struct Pipeline: Sendable {
  let clock = ScriptedClock(at: Batches.start)
  let telemetry = RecordingTelemetry()
  let log: InMemoryEventLog
  let store: InMemoryObjectStore
  let index: InMemoryChunkIndex
  let deadLetters = InMemoryDeadLetterQueue()
  let snapshots = InMemoryPartitionSnapshots()
  let identifiers = SeededIdentifiers(seed: 1)
  let limiter = ScriptedLimiter()
  let processor: PartitionProcessor<PlainCodec, PlainDigest>
  let ingest: IngestBatches
  let query: QueryEvents

  /// - Parameters: Log, index and store of another pipeline, to go on with; nil for new ones.
  init(
    configuration: BuildChunksConfiguration = Pipeline.quick, ingest limits: IngestConfiguration = .init(),
    log: InMemoryEventLog? = nil, index: InMemoryChunkIndex? = nil, store: InMemoryObjectStore? = nil
  ) {
    self.log = log ?? InMemoryEventLog(clock: clock)
    self.index = index ?? InMemoryChunkIndex(clock: clock)
    self.store = store ?? InMemoryObjectStore()
    let ports = BuildChunksPorts(
      log: self.log, store: self.store, index: self.index, deadLetters: deadLetters, snapshots: snapshots, clock: clock,
      identifiers: identifiers, telemetry: telemetry)
    processor = PartitionProcessor(
      partition: PartitionID(0), ports: ports, configuration: configuration,
      memory: MemoryShare(limit: configuration.memoryBytes),
      encoder: FlushEncoder(codec: PlainCodec(), digest: PlainDigest(), prefix: "test"))
    ingest = IngestBatches(
      ports: IngestPorts(
        log: self.log, deadLetters: deadLetters, index: self.index, limiter: limiter, clock: clock,
        identifiers: SeededIdentifiers(seed: 2), telemetry: telemetry),
      configuration: limits)
    query = QueryEvents(
      ports: QueryPorts(
        log: self.log, recents: OneOwner(processor), index: self.index, store: self.store, clock: clock,
        telemetry: telemetry),
      codecs: BlockCodecs([PlainCodec()]), budget: Pipeline.budget)
  }

  /// Asks again at once: nobody moves the clock while a query runs.
  private static var budget: QueryBudget {
    var budget = QueryBudget()
    budget.pause = .zero
    return budget
  }

  /// Flushes only when told: age and size are out of reach.
  static var quick: BuildChunksConfiguration {
    var configuration = BuildChunksConfiguration()
    configuration.policy = FlushPolicy(bytes: 1 << 30, age: .seconds(3_600))
    return configuration
  }

  /// Runs `body` beside the processor, which is cancelled (and so writes what is open) afterwards.
  func running<Answer: Sendable>(_ body: @Sendable () async throws -> Answer) async throws -> Answer {
    if try await index.generation() == nil { try await index.initialise(Generation(Identifier128(high: 0, low: 9))) }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await processor.run() }
      await waitForOwner()
      let answer: Answer
      do { answer = try await body() } catch {
        group.cancelAll()
        throw error
      }
      group.cancelAll()
      try await group.waitForAll()
      return answer
    }
  }

  /// A first question would else find nobody. Not for ever: some tests are about partitions that nobody can own.
  private func waitForOwner() async {
    for _ in 0..<1_000 {
      do throws(RecentEventsError) {
        _ = try await processor.recent(
          in: PartitionID(0), tenant: .default, service: nil, range: .all, patience: .zero)
        return
      } catch { await Task.yield() }
    }
  }

  func messages(_ request: EventRequest) async throws -> [String] {
    try await query.events(request).events.map { String(decoding: $0.message, as: UTF8.self) }
  }
}

/// Recent events of the only owner there is.
struct OneOwner<Source: RecentEventsSource>: RecentEvents {
  let source: Source

  init(_ source: Source) { self.source = source }

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    try await source.recent(in: partition, tenant: tenant, service: service, range: range, patience: patience)
  }
}
