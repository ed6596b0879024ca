import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("Rebuilding the index", .timeLimit(.minutes(1))) struct RebuildIndexTests {
  private let stage = RecoveryStage()
  private var index: InMemoryChunkIndex { stage.pipeline.index }
  private var store: InMemoryObjectStore { stage.pipeline.store }

  @Test("gives back from objects alone what it held")
  func fromObjects() async throws {
    try await stage.flush(0..<4)
    let before = try await stage.view()
    await index.forgetEverything()
    let report = try await stage.rebuild()
    #expect(try await stage.view() == before)
    let partition = try #require(report.partitions.first)
    #expect(report.partitions.count == 1 && !report.isDoubtful)
    #expect(partition.flushes == 4 && partition.objects == 8 && partition.snapshot == nil && partition.strays == 0)
    #expect(partition.watermark == 12)
    #expect(try await index.generation() == report.generation)
  }

  @Test("begins with the newest snapshot, and follows what came after it")
  func fromSnapshot() async throws {
    try await stage.flush(0..<2)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    try await stage.flush(2..<4)
    let before = try await stage.view()
    // What a snapshot names is not read again.
    for key in try await stage.objects().prefix(4) { try await stage.damage(key) }
    await index.forgetEverything()
    let report = try await stage.rebuild()
    #expect(try await stage.view() == before)
    #expect(report.partitions.first?.snapshot == 2 && report.partitions.first?.flushes == 2)
    #expect(!report.isDoubtful)
  }

  @Test("names a damaged snapshot, and begins with the one before")
  func damagedSnapshot() async throws {
    try await stage.flush(0..<1)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    try await stage.flush(1..<3)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    let before = try await stage.view()
    let newest = try #require(await stage.snapshotKeys().last)
    try await stage.damage(newest)
    await index.forgetEverything()
    let report = try await stage.rebuild()
    #expect(try await stage.view() == before)
    #expect(report.partitions.first?.damagedSnapshots.map(\.key) == [newest])
    #expect(report.partitions.first?.snapshot == 1 && report.isDoubtful)
  }

  @Test("takes the snapshot of the highest generation, then commit, not the one written last")
  func newestSnapshot() async throws {
    try await stage.flush(0..<2)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    let old = try await index.snapshot(of: RecoveryStage.partition)
    try await stage.flush(2..<3)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    let before = try await stage.view()
    // A zombie writes what it had in hand.
    try await store.put(
      SnapshotFormat.encode(old, codec: PlainCodec()), at: SnapshotName(old).key(prefix: "test"))
    await index.forgetEverything()
    #expect(try await stage.rebuild().partitions.first?.snapshot == 3)
    #expect(try await stage.view() == before)
  }

  @Test("leaves out what another owner wrote and never committed")
  func strays() async throws {
    try await stage.flush(0..<2)
    // The objects are there, the commit is another owner's.
    index.faults.failNext(1, .commit, with: .lostRace(head: nil))
    try await stage.flush(2..<3)
    try await stage.flush(3..<5)
    let before = try await stage.view()
    await index.forgetEverything()
    let report = try await stage.rebuild()
    #expect(try await stage.view() == before)
    #expect(report.partitions.first?.strays == 2)
    #expect(report.partitions.first?.unreached == 0)
  }

  @Test("stops before a flush of which a part is missing or damaged, and says so", arguments: [true, false])
  func missingPart(_ isDamaged: Bool) async throws {
    try await stage.flush(0..<2)
    let before = try await stage.view()
    try await stage.flush(2..<5)
    let part = try await stage.objects()[5]
    if isDamaged { try await stage.damage(part) } else { try await store.delete(part) }
    await index.forgetEverything()
    let report = try await stage.rebuild()
    #expect(try await stage.view() == before)
    #expect(report.partitions.first?.unreadable.map(\.key) == (isDamaged ? [part] : []))
    #expect(report.partitions.first?.unreached == 2 && report.isDoubtful)
  }

  @Test("begins no partition anew of which the first object is missing or damaged", arguments: [true, false])
  func missingBeginning(_ isDamaged: Bool) async throws {
    try await stage.flush(0..<4)
    let epoch = try await index.state(of: RecoveryStage.partition).epoch
    let first = try #require(try await stage.objects().first)
    if isDamaged { try await stage.damage(first) } else { try await store.delete(first) }
    await index.forgetEverything()
    let report = try await stage.rebuild()
    let partition = try #require(report.partitions.first)
    #expect(partition.unreached == 3 && partition.flushes == 0 && report.isDoubtful)
    #expect(partition.strays == 1, "the rest of the first flush, which may never have been whole")
    // With the epoch another log is found out.
    let state = try await index.state(of: RecoveryStage.partition)
    #expect(state.epoch == epoch && state.watermark == 0 && state.head != nil)
    // The log is there, so that everything is read from it again.
    try await stage.flush(4..<5)
    #expect(try await index.state(of: RecoveryStage.partition).watermark == 15)
  }

  @Test("follows no gap that its snapshot lacks, and those that it holds", arguments: [true, false])
  func gaps(_ isInSnapshot: Bool) async throws {
    try await stage.flush(0..<2)
    let beforeGap = try await stage.view()
    let state = try await index.state(of: RecoveryStage.partition)
    let generation = try #require(try await index.generation())
    let gap = Gap(
      epoch: try #require(state.epoch), from: state.watermark, end: state.watermark + 3,
      times: Batches.start...Batches.start)
    for number in 0..<3 {
      let record = Batches.record(
        ["lost"], stream: try Batches.stream(), producer: Batches.producer(9), sequence: UInt64(number))
      _ = try await stage.pipeline.log.append(record, to: RecoveryStage.partition)
    }
    try await index.commit(
      GapCommit(
        partition: RecoveryStage.partition, generation: generation, flush: FlushID(Identifier128(high: 8, low: 8)),
        parent: state.head, losing: gap))
    if isInSnapshot { try await stage.snapshots.take(of: RecoveryStage.partition) }
    try await stage.flush(2..<3)
    let afterGap = try await stage.view()
    await index.forgetEverything()
    let report = try await stage.rebuild()
    #expect(try await stage.view() == (isInSnapshot ? afterGap : beforeGap))
    #expect(report.partitions.first?.unreached == (isInSnapshot ? 0 : 1))
  }

  @Test("can be interrupted anywhere, and leaves no half index behind")
  func interrupted() async throws {
    try await stage.flush(0..<3)
    try await stage.snapshots.take(of: RecoveryStage.partition)
    try await stage.flush(3..<5)
    let before = try await stage.view()
    await index.forgetEverything()
    let storeSteps: [InMemoryObjectStore.Operation] = [.list, .get, .end, .getRange, .put]
    for step in storeSteps {
      store.faults.failNext(1, step, with: .unavailable(retryAfter: nil, reason: "away"))
      await #expect(throws: IndexOperationError.self, "\(step)") { try await stage.rebuild() }
      #expect(try await index.generation() == nil, "\(step)")
    }
    let indexSteps: [InMemoryChunkIndex.Operation] = [.beginRebuild, .stage, .finishRebuild]
    for step in indexSteps {
      index.faults.failNext(1, step, with: .unavailable(retryAfter: nil, reason: "away"))
      await #expect(throws: IndexOperationError.self, "\(step)") { try await stage.rebuild() }
      #expect(try await index.generation() == nil, "\(step)")
    }
    _ = try await stage.rebuild()
    #expect(try await stage.view() == before)
  }

  @Test("gives a generation above all that there were, and a snapshot of it before the switch")
  func generations() async throws {
    try await stage.flush(0..<2)
    let first = try #require(try await index.generation())
    let second = try await stage.rebuild().generation
    #expect(second.ordinal == first.ordinal + 1)
    // Lost at once: the snapshot is there.
    await index.forgetEverything()
    let report = try await stage.rebuild()
    #expect(report.generation.ordinal == first.ordinal + 2 && report.partitions.first?.snapshot == 3)
  }

  @Test("is refused while another is under way")
  func excludesOthers() async throws {
    try await stage.flush(0..<1)
    let other = Identifier128(high: 4, low: 4)
    _ = try await stage.ports.lease.acquire("index-rebuild", holder: other, for: .seconds(60))
    await #expect {
      try await stage.rebuild()
    } throws: { error in
      if case .underWay? = error as? IndexOperationError { true } else { false }
    }
    #expect(try await index.generation() != nil, "a refused rebuild does nothing")
    try await stage.ports.lease.release("index-rebuild", holder: other)
    _ = try await stage.rebuild()
  }

  @Test("of a whole index takes nothing away")
  func ofWholeIndex() async throws {
    try await stage.flush(0..<3)
    let before = try await stage.view()
    _ = try await stage.rebuild()
    #expect(try await stage.view() == before)
    try await stage.flush(3..<4)
    #expect(try await stage.view().watermark == 12)
  }
}
