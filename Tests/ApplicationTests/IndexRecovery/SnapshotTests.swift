import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("Snapshots of the index", .timeLimit(.minutes(1))) struct SnapshotTests {
  private let stage = RecoveryStage()
  private var taken: Int { get async { await stage.snapshotKeys().count } }

  @Test("are taken once for each state, and of nothing where there is nothing")
  func once() async throws {
    _ = try await stage.operations.initialise(discarding: false)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    #expect(await taken == 0)
    try await stage.flush(0..<1)
    for _ in 0..<2 { try await stage.snapshots.take(of: RecoveryStage.partition) }
    #expect(await taken == 1)
  }

  @Test("are kept a few of: the newest, and no object of a flush goes")
  func bounded() async throws {
    for number in 0..<7 {
      try await stage.flush(UInt64(number)..<UInt64(number) + 1)
      try await stage.snapshots.take(of: RecoveryStage.partition)
    }
    let names = await stage.snapshotKeys().compactMap { SnapshotName($0, prefix: "test") }
    #expect(names.map(\.commits) == [4, 5, 6, 7])
    #expect(await stage.pipeline.store.keys.count == 4 + 14)
  }

  @Test("are refused of an index that was set back, which is named")
  func setBack() async throws {
    try await stage.flush(0..<1)
    let earlier = await stage.pipeline.index.contents
    try await stage.flush(1..<3)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    await stage.pipeline.index.restore(earlier)
    await #expect {
      try await stage.snapshots.take(of: RecoveryStage.partition)
    } throws: { error in
      guard case .rejected(let reason)? = error as? PartitionSnapshotError else { return false }
      return reason.contains("set back") && reason.contains("cordwood index rebuild")
    }
    #expect(await taken == 1)
  }

  @Test("are not taken of an index without a marker")
  func withoutGeneration() async throws {
    try await stage.flush(0..<1)
    try await stage.pipeline.index.beginRebuild(as: .first(random: Identifier128(high: 0, low: 1)))
    await #expect(throws: PartitionSnapshotError.self) {
      try await stage.snapshots.take(of: RecoveryStage.partition)
    }
    #expect(await taken == 0)
  }

  @Test("are taken every few minutes where something was committed, and at the end")
  func keeping() async throws {
    try await stage.flush(0..<1)
    let keeping = KeepSnapshots(ports: stage.ports, configuration: stage.configuration, snapshots: stage.snapshots)
    let clock = stage.pipeline.clock
    let run = Task { await keeping.run() }
    await clock.waitForSleepers()
    #expect(await taken == 0)
    clock.advance(by: stage.configuration.snapshotInterval)
    await clock.waitForSleepers()
    #expect(await taken == 1)
    clock.advance(by: stage.configuration.snapshotInterval)
    await clock.waitForSleepers()
    #expect(await taken == 1)
    try await stage.flush(1..<2)
    run.cancel()
    await run.value
    #expect(await taken == 2)
  }

  @Test("are taken by the process that holds the lease, and by another one when it stops")
  func shared() async throws {
    try await stage.flush(0..<1)
    let clock = stage.pipeline.clock
    let other = Identifier128(high: 0, low: 77)
    let lease = try await stage.ports.lease.acquire("index-snapshots", holder: other, for: .seconds(86_400))
    try #require(lease != nil)
    let keeping = KeepSnapshots(ports: stage.ports, configuration: stage.configuration, snapshots: stage.snapshots)
    let run = Task { await keeping.run() }
    for expected in [0, 1] {
      await clock.waitForSleepers()
      clock.advance(by: stage.configuration.snapshotInterval)
      await clock.waitForSleepers()
      #expect(await taken == expected)
      try await stage.ports.lease.release("index-snapshots", holder: other)
    }
    run.cancel()
    await run.value
    // Given back at the end.
    let again = try await stage.ports.lease.acquire("index-snapshots", holder: other, for: .seconds(1))
    #expect(again != nil)
  }

  @Test("that fail are taken the next time")
  func failing() async throws {
    try await stage.flush(0..<1)
    let keeping = KeepSnapshots(ports: stage.ports, configuration: stage.configuration, snapshots: stage.snapshots)
    let clock = stage.pipeline.clock
    stage.pipeline.store.faults.failNext(1, .put, with: .full(reason: "no space"))
    let run = Task { await keeping.run() }
    for expected in [0, 1] {
      await clock.waitForSleepers()
      clock.advance(by: stage.configuration.snapshotInterval)
      await clock.waitForSleepers()
      #expect(await taken == expected)
    }
    run.cancel()
    await run.value
    #expect(stage.pipeline.telemetry.count { if case .snapshotFailed = $0 { true } else { false } } == 1)
  }
}
