import Application
import Domain
import Testing

extension ChunkIndexPromise {
  private static let times = Timestamp(nanoseconds: 5)...Timestamp(nanoseconds: 50)
  private static let newEpoch = LogEpoch(Identifier128(high: 0xE0, low: 2))

  func checkKeepsGaps(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let chunk = try Sample.chunk("api", 1...2)
    let change = Sample.change(try Sample.windowKey(1), [(0, 7)])
    let flush = try await lineage.commit(to: index, windows: [change]) { [Sample.object($0, chunks: [chunk])] }
    let gap = lineage.gap(to: 25, times: Self.times)
    try await index.commit(gap)
    lineage.advance(past: gap)

    let state = try await index.state(of: lineage.partition)
    #expect(state.epoch == Lineage.epoch && state.watermark == 25 && state.head == gap.flush)
    #expect(state.gaps == [Gap(epoch: Lineage.epoch, from: 10, end: 25, times: Self.times)])
    #expect(state.standsOnGap)
    #expect(state.windows.mapValues { Remembered($0) } == [change.key: Remembered([change])])
    let found = try await index.chunks(in: lineage.partition, tenant: Sample.tenant, service: nil, overlapping: .all)
    #expect(found.gaps == state.gaps && found.watermark == 25 && found.chunks.count == 1)
    #expect(try await index.objects(in: lineage.partition) == flush.objects)

    // Flushes go on behind it, and a second gap takes its place behind the first.
    try await lineage.commit(to: index)
    #expect(try await index.state(of: lineage.partition).standsOnGap == false)
    let second = lineage.gap(to: .max, times: .distantPast ... .distantFuture)
    try await index.commit(second)
    #expect(try await index.state(of: lineage.partition).gaps == [gap.gap, second.gap])
    #expect(try await index.state(of: PartitionID(1)) == .empty)
  }

  func checkBeginsWithGap(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let gap = lineage.gap(to: 7, times: Self.times)
    try await index.commit(gap)
    lineage.advance(past: gap)
    let state = try await index.state(of: lineage.partition)
    #expect(state.epoch == Lineage.epoch && state.watermark == 7 && state.head == gap.flush)
    let flush = try await lineage.commit(to: index)
    #expect(flush.range == 7..<17)
    #expect(try await index.state(of: lineage.partition).watermark == 17)
  }

  func checkStartsAnewWithAnotherEpoch(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let change = Sample.change(try Sample.windowKey(1), [(0, 7)])
    try await lineage.commit(to: index, windows: [change])
    let gap = GapCommit(
      partition: lineage.partition, generation: Lineage.generation, flush: FlushID(Identifier128(high: 9, low: 9)),
      parent: lineage.head, replacing: Lineage.epoch, from: 10, times: Self.times, by: Self.newEpoch, from: 3)
    try await index.commit(gap)
    let state = try await index.state(of: lineage.partition)
    #expect(state.epoch == Self.newEpoch && state.watermark == 3 && state.head == gap.flush)
    #expect(state.gaps == [Gap(epoch: Lineage.epoch, from: 10, end: .max, times: Self.times)])
    #expect(state.windows.mapValues { Remembered($0) } == [change.key: Remembered([change])], "windows carry over")
    let old = FlushCommit(
      partition: lineage.partition, generation: Lineage.generation, flush: FlushID(Identifier128(high: 9, low: 10)),
      parent: gap.flush, epoch: Lineage.epoch, range: 3..<4, objects: [], windows: [], deadLetters: [],
      begun: try await index.time(), newestAppend: .epoch)
    await expectLostRace(old, by: index, "a flush of the epoch before")
    try await index.commit(old.with(epoch: Self.newEpoch))
    #expect(try await index.state(of: lineage.partition).watermark == 4)
  }

  func checkRefusesGapOfTheLoser(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    try await lineage.commit(to: index)
    let gap = lineage.gap(to: 25, times: Self.times)
    let stranger = FlushID(Identifier128(high: 5, low: 5))
    let before = try await index.state(of: lineage.partition)
    for (wrong, what): (GapCommit, Comment) in [
      (gap.with(parent: stranger), "a parent that is not the head"),
      (gap.with(from: 9), "a gap that begins below the watermark"),
      (gap.with(from: 11), "a gap that begins above the watermark"),
      (gap.with(epoch: Self.newEpoch), "a gap of another epoch"),
    ] {
      guard case .lostRace(lineage.head)? = await refusal(of: wrong, by: index) else {
        Issue.record("\(what): it was not refused as a lost race")
        continue
      }
    }
    let other = Generation(Identifier128(high: 1, low: 1))
    guard case .wrongGeneration(Lineage.generation)? = await refusal(of: gap.with(generation: other), by: index) else {
      Issue.record("a gap of another generation was not refused")
      return
    }
    #expect(try await index.state(of: lineage.partition) == before)
    try await index.commit(gap)
    // Asked again after a lost answer, the head tells that it is there.
    guard case .lostRace(gap.flush)? = await refusal(of: gap, by: index) else {
      Issue.record("a gap was committed twice")
      return
    }
    #expect(try await index.state(of: lineage.partition).gaps == [gap.gap])
  }

  private func refusal(of commit: GapCommit, by index: some ChunkIndex) async -> ChunkIndexError? {
    do throws(ChunkIndexError) { try await index.commit(commit) } catch { return error }
    return nil
  }
}

extension GapCommit {
  /// The same, but for what is given.
  fileprivate func with(
    generation: Generation? = nil, parent: FlushID?? = .none, epoch: LogEpoch? = nil, from: UInt64? = nil
  ) -> GapCommit {
    GapCommit(
      partition: partition, generation: generation ?? self.generation, flush: flush, parent: parent ?? self.parent,
      losing: Gap(epoch: epoch ?? gap.epoch, from: from ?? gap.from, end: gap.end, times: gap.times))
  }
}
