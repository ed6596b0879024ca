import Application
import Domain
import InMemoryAdapter
import InProcessAdapter
import TestSupport
import Testing

@Suite("Building chunks of the partitions that are owned", .timeLimit(.minutes(1)))
struct BuildChunksTests {
  private let clock = ScriptedClock(at: Batches.start)
  private let index: InMemoryChunkIndex
  private let log: InMemoryEventLog
  private let build: BuildChunks<PlainCodec, PlainDigest>
  private let recents = InProcessRecentEvents()
  private let partitions = [PartitionID(0), PartitionID(1)]

  init() async throws {
    index = InMemoryChunkIndex(clock: clock)
    log = InMemoryEventLog(placements: [Placement(version: 0, partitions: 2, spread: 1)], clock: clock)
    try await index.initialise(Generation(Identifier128(high: 0, low: 1)))
    let ports = BuildChunksPorts(
      log: log, store: InMemoryObjectStore(), index: index, deadLetters: InMemoryDeadLetterQueue(),
      snapshots: InMemoryPartitionSnapshots(), clock: clock, identifiers: SeededIdentifiers(seed: 1),
      telemetry: RecordingTelemetry())
    build = BuildChunks(
      ports: ports, configuration: Pipeline.quick,
      encoder: FlushEncoder(codec: PlainCodec(), digest: PlainDigest(), prefix: "test"))
  }

  @Test("answers for a partition while it is owned, writes what is open when it is taken, and goes on with the others")
  func revoked() async throws {
    let ownership = GivenPartitions()
    let run = Task { [build, recents] in try await build.run(owning: ownership, holding: recents.hold) }
    for partition in partitions { await ownership.give(partition) }
    for partition in partitions { await answer(partition) }
    let record = Batches.record(
      ["hello"], stream: try Batches.stream(), producer: Batches.producer(1), sequence: 0)
    _ = try await log.append(record, to: partitions[0])
    while try await recents.recent(
      in: partitions[0], tenant: .default, service: nil, range: .all, patience: .zero
    ).end < 1 { await step() }
    await ownership.take(partitions[0])
    #expect(recents.partitions == [partitions[1]])
    #expect(try await index.state(of: partitions[0]).watermark == 1)
    await answer(partitions[1])
    run.cancel()
    try await run.value
    #expect(recents.partitions == [])
  }

  private func answer(_ partition: PartitionID) async {
    while await recents.problem(partition) { await step() }
  }

  private func step() async {
    if clock.sleepers > 0 { clock.advance(by: .milliseconds(100)) }
    try? await Task.sleep(for: .milliseconds(1))
  }
}

extension InProcessRecentEvents {
  fileprivate func problem(_ partition: PartitionID) async -> Bool {
    (try? await recent(in: partition, tenant: .default, service: nil, range: .all, patience: .zero)) == nil
  }
}
