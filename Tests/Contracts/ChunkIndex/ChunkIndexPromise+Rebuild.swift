import Application
import Domain
import Testing

extension ChunkIndexPromise {
  private static let rebuilt = Lineage.generation.next(random: Identifier128(high: 0, low: 77))
  private static let rebuiltAgain = rebuilt.next(random: Identifier128(high: 0, low: 78))

  func checkRebuildTakesTheMarkerAway(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    _ = try await lineage.commit([try Sample.chunk("api", 1...2)], to: index)
    let before = try await PartitionView(index)
    try await index.beginRebuild(as: Self.rebuilt)
    #expect(try await index.generation() == nil)
    // What it held can be read, for what it is worth.
    #expect(try await PartitionView(index) == before)
    let found = try await index.chunks(in: lineage.partition, tenant: Sample.tenant, service: nil, overlapping: .all)
    #expect(found.generation == nil)
    let next = try await lineage.next(index)
    for commit in [next, next.with(generation: Self.rebuilt)] {
      let refusal = await refusal(of: commit, by: index)
      guard case .wrongGeneration(found: nil)? = refusal else {
        Issue.record("expected a refusal during a rebuild, got \(refusal.map { "\($0)" } ?? "a commit")")
        continue
      }
    }
  }

  func checkStagedIsUnseen(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    _ = try await lineage.commit([try Sample.chunk("api", 1...2)], to: index)
    let before = try await PartitionView(index)
    try await index.beginRebuild(as: Self.rebuilt)
    try await index.stage(.empty(lineage.partition, Self.rebuilt))
    try await index.stage(try Self.staged(in: PartitionID(4), of: Self.rebuilt))
    #expect(try await PartitionView(index) == before)
    #expect(try await index.state(of: PartitionID(4)) == .empty)
    #expect(try await index.generation() == nil)
  }

  func checkRebuildReplacesEverything(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    _ = try await lineage.commit([try Sample.chunk("old", 1...2)], to: index)
    let staged = try Self.staged(in: PartitionID(4), of: Self.rebuilt)
    try await index.beginRebuild(as: Self.rebuilt)
    try await index.stage(.empty(PartitionID(4), Self.rebuilt))
    try await index.stage(staged)
    try await index.finishRebuild(as: Self.rebuilt)
    #expect(try await index.generation() == Self.rebuilt)
    #expect(try await index.state(of: lineage.partition) == .empty)
    #expect(try await index.objects(in: lineage.partition).isEmpty)
    #expect(try await index.services(of: Sample.tenant) == [ServiceName("api")])
    #expect(try await index.snapshot(of: PartitionID(4)) == staged)
    let found = try await index.chunks(in: PartitionID(4), tenant: Sample.tenant, service: nil, overlapping: .all)
    #expect(found.generation == Self.rebuilt && found.chunks.count == 1 && found.gaps == staged.gaps)
    #expect(try await index.commits() == [PartitionID(4): staged.commits])
  }

  func checkRebuildGivesBackASnapshot(_ index: some ChunkIndex) async throws {
    _ = try await Lineage(initialising: index)
    _ = try await Sample.fill(index)
    var snapshots: [PartitionSnapshot] = []
    for partition in [PartitionID(0), PartitionID(3)] {
      snapshots.append(try await index.snapshot(of: partition).with(generation: Self.rebuilt))
    }
    let views = [try await PartitionView(index), try await PartitionView(index, PartitionID(3))]
    try await index.beginRebuild(as: Self.rebuilt)
    for snapshot in snapshots { try await index.stage(snapshot) }
    try await index.finishRebuild(as: Self.rebuilt)
    for snapshot in snapshots { #expect(try await index.snapshot(of: snapshot.partition) == snapshot) }
    #expect([try await PartitionView(index), try await PartitionView(index, PartitionID(3))] == views)
  }

  func checkLineageGoesOnAfterRebuild(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    try await lineage.commit(to: index)
    let snapshot = try await index.snapshot(of: lineage.partition).with(generation: Self.rebuilt)
    try await index.beginRebuild(as: Self.rebuilt)
    try await index.stage(snapshot)
    try await index.finishRebuild(as: Self.rebuilt)
    let late = try await lineage.next(index)
    let refusal = await refusal(of: late, by: index)
    guard case .wrongGeneration(found: Self.rebuilt)? = refusal else {
      Issue.record("expected that the old generation is refused, got \(refusal.map { "\($0)" } ?? "a commit")")
      return
    }
    try await index.commit(late.with(generation: Self.rebuilt))
    #expect(try await index.state(of: lineage.partition).head == late.flush)
    #expect(try await index.commits() == [lineage.partition: snapshot.commits + 1])
  }

  func checkOnlyTheLastRebuildCounts(_ index: some ChunkIndex) async throws {
    try await expectWrongGeneration("without a rebuild") { try await index.finishRebuild(as: Self.rebuilt) }
    try await index.beginRebuild(as: Self.rebuilt)
    try await index.stage(try Self.staged(in: PartitionID(0), of: Self.rebuilt))
    try await index.beginRebuild(as: Self.rebuiltAgain)
    try await expectWrongGeneration("staged for another rebuild") {
      try await index.stage(try Self.staged(in: PartitionID(1), of: Self.rebuilt))
    }
    try await expectWrongGeneration("finished by another rebuild") {
      try await index.finishRebuild(as: Self.rebuilt)
    }
    #expect(try await index.generation() == nil)
    try await index.stage(try Self.staged(in: PartitionID(2), of: Self.rebuiltAgain))
    try await index.finishRebuild(as: Self.rebuiltAgain)
    #expect(try await index.commits().keys.sorted() == [PartitionID(2)])
    try await expectWrongGeneration("finished twice") { try await index.finishRebuild(as: Self.rebuiltAgain) }
    try await expectWrongGeneration("staged after the end") {
      try await index.stage(try Self.staged(in: PartitionID(2), of: Self.rebuiltAgain))
    }
    #expect(try await index.generation() == Self.rebuiltAgain)
  }

  func checkKeepsRebuildWhenReopened<Index: ChunkIndex>(
    _ index: Index, _ reopening: @Sendable (Index) async throws -> Index
  ) async throws {
    var lineage = try await Lineage(initialising: index)
    try await lineage.commit(to: index)
    try await index.beginRebuild(as: Self.rebuilt)
    let half = try await reopening(index)
    #expect(try await half.generation() == nil)
    let staged = try Self.staged(in: PartitionID(4), of: Self.rebuilt)
    try await half.beginRebuild(as: Self.rebuilt)
    try await half.stage(staged)
    try await half.finishRebuild(as: Self.rebuilt)
    let whole = try await reopening(half)
    #expect(try await whole.generation() == Self.rebuilt)
    #expect(try await whole.snapshot(of: PartitionID(4)) == staged)
    #expect(try await whole.state(of: lineage.partition) == .empty)
  }

  private func expectWrongGeneration(_ situation: Comment, _ call: () async throws -> Void) async throws {
    do {
      try await call()
      Issue.record("\(situation): it was taken")
    } catch let error as ChunkIndexError {
      guard case .wrongGeneration = error else {
        Issue.record("\(situation): expected a wrong generation, got \(error)")
        return
      }
    }
  }

  /// What no commit gave: a checksum that is not known, a gap.
  private static func staged(in partition: PartitionID, of generation: Generation) throws -> PartitionSnapshot {
    let flush = FlushID(Identifier128(high: 90, low: UInt64(partition.number)))
    let sample = Sample.object(flush, chunks: [try Sample.chunk("api", 1...2)])
    let object = ObjectDescriptor(
      key: sample.key, flush: flush, size: 5, sha256: nil, formatVersion: 1, codec: "gzip", chunks: sample.chunks)
    var window = SequenceWindow()
    window.apply(Sample.change(try Sample.windowKey(1), [(3, 4)]))
    let gap = Gap(
      epoch: Lineage.epoch, from: 5, end: .max, times: Timestamp.epoch...Timestamp(nanoseconds: 9))
    return PartitionSnapshot(
      partition: partition, generation: generation, commits: 41, epoch: Lineage.epoch, watermark: 1 << 63,
      head: flush, windows: [try Sample.windowKey(1): window], gaps: [gap], objects: [object],
      letters: [.init(flush: flush, ids: [.bytes(checksum: 1, count: 2)])])
  }
}

extension PartitionSnapshot {
  /// The same, of another generation.
  func with(generation: Generation) -> PartitionSnapshot {
    PartitionSnapshot(
      partition: partition, generation: generation, commits: commits, epoch: epoch, watermark: watermark, head: head,
      windows: windows, gaps: gaps, objects: objects, letters: letters)
  }
}
