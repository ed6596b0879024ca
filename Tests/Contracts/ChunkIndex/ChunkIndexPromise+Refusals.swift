import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkSecondCommitOnOneParentChangesNothing(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let key = try Sample.windowKey(1)
    try await lineage.commit(to: index, windows: [Sample.change(key, [(0, 1)])])
    let chunk = try Sample.chunk("api", 1...2)
    let loser = try await lineage.next(
      index, offsets: 20, windows: [Sample.change(key, startsAnew: true, [(5, 5)])],
      newestAppend: Timestamp(nanoseconds: 30 * 86_400 * 1_000_000_000)
    ) { [Sample.object($0, chunks: [chunk])] }
    try await lineage.commit([try Sample.chunk("db", 3...4)], to: index)
    let before = try await PartitionView(index)
    await expectLostRace(loser, by: index, "a parent that has a child already")
    #expect(try await PartitionView(index) == before)
    // The lineage goes on as if nothing had been.
    try await lineage.commit(to: index)
  }

  func checkNamesTheHeadToTheLoser(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let commit = try await lineage.commit([try Sample.chunk("api", 1...2)], to: index)
    let before = try await PartitionView(index)
    // The answer to a commit was lost and the owner asks again: the head tells it that its own flush is there.
    guard case .lostRace(let head)? = await refusal(of: commit, by: index) else {
      Issue.record("a flush was committed twice")
      return
    }
    #expect(head == commit.flush)
    #expect(try await PartitionView(index) == before)
  }

  func checkRefusesAnotherWatermark(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    try await lineage.commit(to: index)
    let before = try await PartitionView(index)
    await expectLostRace(
      try await lineage.next(index).with(range: 9..<20), by: index, "a flush that begins below the watermark")
    await expectLostRace(
      try await lineage.next(index).with(range: 11..<20), by: index, "a flush that begins above the watermark")
    #expect(try await PartitionView(index) == before)
  }

  func checkRefusesAnotherEpoch(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    try await lineage.commit(to: index)
    let before = try await PartitionView(index)
    let other = LogEpoch(Identifier128(high: 0xE0, low: 2))
    await expectLostRace(try await lineage.next(index).with(epoch: other), by: index, "a flush of another log epoch")
    #expect(try await PartitionView(index) == before)
  }

  func checkStartsPartitionAtNothing(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let stranger = FlushID(Identifier128(high: 5, low: 5))
    await expectLostRace(
      try await lineage.next(index).with(parent: stranger), by: index, "a first flush that names a parent")
    await expectLostRace(
      try await lineage.next(index).with(range: 5..<10), by: index, "a first flush that does not begin at 0")
    #expect(try await index.state(of: lineage.partition) == .empty)
    // Any epoch will do.
    let epoch = LogEpoch(Identifier128(high: 0xE0, low: 77))
    try await index.commit(try await lineage.next(index).with(epoch: epoch))
    #expect(try await index.state(of: lineage.partition).epoch == epoch)
  }

  func checkRefusesOldFlush(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let age = FlushCommit.maximumAge + .seconds(1)
    let commit = try await lineage.next(index).with(begun: try await index.time().advanced(by: .zero - age))
    let refusal = await refusal(of: commit, by: index)
    guard case .tooOld(let found)? = refusal else {
      Issue.record("expected a refusal for age, got \(refusal.map { "\($0)" } ?? "a commit")")
      return
    }
    #expect(found >= age)
    #expect(try await index.state(of: lineage.partition) == .empty)
  }

  func checkTakesFlushWithinTheAge(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    // A minute is left for a slow machine between the two readings of the clock.
    let age = FlushCommit.maximumAge - .seconds(60)
    let commit = try await lineage.next(index).with(begun: try await index.time().advanced(by: .zero - age))
    try await index.commit(commit)
    #expect(try await index.state(of: lineage.partition).head == commit.flush)
  }
}
