package import Application
package import Domain
import InMemoryAdapter
import RecentEventsSourceContract

/// A partition's processor as the contract of `RecentEventsSource` wants it: reading and flushing can be held up, and time
/// passes only when told.
package actor ProcessorStage: RecentEventsSourceStage {
  package nonisolated let partition = PartitionID(0)
  package nonisolated let limit = Duration.seconds(50)  // below the time limit of the suite: many tests share two cores
  package nonisolated let processor: PartitionProcessor<PlainCodec, PlainDigest>
  package nonisolated let log: GatedEventLog
  private let clock = ScriptedClock()
  private let telemetry = RecordingTelemetry()
  private let store = GatedObjectStore()
  private let index: InMemoryChunkIndex
  private let configuration: BuildChunksConfiguration
  private var run: Task<Void, Never>?
  private var isStalled = false

  package init() {
    var configuration = BuildChunksConfiguration()
    configuration.policy = FlushPolicy(bytes: 1 << 30, age: .seconds(3_600))  // only when the stage says so
    self.configuration = configuration
    log = GatedEventLog(base: InMemoryEventLog(clock: clock))
    index = InMemoryChunkIndex(clock: clock)
    let ports = BuildChunksPorts(
      log: log, store: store, index: index, deadLetters: InMemoryDeadLetterQueue(),
      snapshots: InMemoryPartitionSnapshots(), clock: clock,
      identifiers: SeededIdentifiers(seed: 1), telemetry: telemetry)
    processor = PartitionProcessor(
      partition: partition, ports: ports, configuration: configuration,
      memory: MemoryShare(limit: configuration.memoryBytes),
      encoder: FlushEncoder(codec: PlainCodec(), digest: PlainDigest(), prefix: "test"))
  }

  package nonisolated var source: any RecentEventsSource { processor }

  package func start() async throws {
    if try await index.generation() == nil { try await index.initialise(Generation(Identifier128(high: 0, low: 9))) }
    run = Task { [processor] in await processor.run() }
    while !Task.isCancelled {
      let answer = try? await processor.recent(
        in: partition, tenant: .default, service: nil, range: .all, patience: .zero)
      if answer != nil { return }
      await pause()
    }
  }

  package func stop() async {
    await store.gate.open()
    run?.cancel()
    await run?.value
    run = nil
    await resumeReading()
  }

  /// With reading stalled: returns once the processor's read, which may have slept until now, is held up. Whoever sleeps
  /// on the clock then is a question.
  package func append(_ record: EncodedRecord) async throws {
    _ = try await log.append(record, to: partition)
    while isStalled, run != nil, await log.gate.held == 0, !Task.isCancelled { await pause() }
  }

  package func stallReading() async {
    isStalled = true
    await log.gate.close()
  }

  package func resumeReading() async {
    isStalled = false
    await log.gate.open()
  }

  /// What is open comes of age. An hour passes once, not more: sequence windows live for days only.
  package func beginCommit() async {
    await store.gate.close()
    await clock.waitForSleepers()
    clock.advance(by: configuration.policy.age)
    while await store.gate.held == 0, !Task.isCancelled { await nudge() }
  }

  package func finishCommit() async {
    let before = flushes
    await store.gate.open()
    while flushes == before, !Task.isCancelled { await pause() }
  }

  package func waitForQuestions(_ count: Int) async { await clock.waitForSleepers(count) }

  package func pass(_ duration: Duration) { clock.advance(by: duration) }

  package func halt() async {
    log.base.faults.failNext(
      1, .read, with: .setBack(LogSetback(partition: partition, place: "memory", end: 0, known: 1)))
    while !Task.isCancelled {
      if telemetry.count(where: { if case .partitionStopped = $0 { true } else { false } }) > 0 { return }
      await nudge()
    }
  }

  private var flushes: Int { telemetry.count { if case .flushCommitted = $0 { true } else { false } } }

  /// Between two looks at what has no signal of its own.
  private func pause() async { try? await Task.sleep(for: .milliseconds(1)) }

  /// Wakes a read that waits for records, so that the processor looks at its clock again.
  private func nudge() async {
    if clock.sleepers > 0 { clock.advance(by: configuration.idleWait) }
    await pause()
  }
}
