import Application
import Domain
import Testing

/// The flushes of one partition, each made from what the one before left.
struct Lineage {
  static let generation = Generation(Identifier128(high: 0xC0, low: 0x01))
  static let epoch = LogEpoch(Identifier128(high: 0xE0, low: 0x01))

  let partition: PartitionID
  private(set) var head: FlushID?
  private(set) var watermark: UInt64 = 0
  private var flushes: UInt64 = 0

  /// Writes the generation marker and begins at nothing.
  init(initialising index: some ChunkIndex) async throws {
    try await index.initialise(Self.generation)
    partition = PartitionID(0)
  }

  init(partition: Int) { self.partition = PartitionID(partition) }

  /// A commit that fits; each call gives one with another flush id.
  mutating func next(
    _ index: some ChunkIndex, offsets: UInt64 = 10, windows: [WindowChange] = [], newestAppend: Timestamp = .epoch,
    deadLetters: [DeadLetterID]? = nil, objects: (FlushID) -> [ObjectDescriptor] = { _ in [] }
  ) async throws -> FlushCommit {
    flushes += 1
    let flush = FlushID(Identifier128(high: UInt64(partition.number) + 1, low: flushes))
    return FlushCommit(
      partition: partition, generation: Self.generation, flush: flush, parent: head, epoch: Self.epoch,
      range: watermark..<(watermark + offsets), objects: objects(flush), windows: windows,
      deadLetters: deadLetters ?? [.bytes(checksum: UInt32(flushes), count: 3)], begun: try await index.time(),
      newestAppend: newestAppend)
  }

  /// Takes note of a commit that the index took.
  mutating func advance(past commit: FlushCommit) {
    head = commit.flush
    watermark = commit.range.upperBound
  }

  /// A gap that fits, from the watermark on.
  mutating func gap(to end: UInt64, times: ClosedRange<Timestamp>) -> GapCommit {
    flushes += 1
    return GapCommit(
      partition: partition, generation: Self.generation,
      flush: FlushID(Identifier128(high: UInt64(partition.number) + 1, low: flushes)), parent: head,
      losing: Gap(epoch: Self.epoch, from: watermark, end: end, times: times))
  }

  /// Takes note of a gap that the index took.
  mutating func advance(past gap: GapCommit) {
    head = gap.flush
    watermark = gap.nextWatermark
  }

  /// Makes a commit that fits and has the index take it.
  @discardableResult
  mutating func commit(
    to index: some ChunkIndex, windows: [WindowChange] = [], newestAppend: Timestamp = .epoch,
    objects: (FlushID) -> [ObjectDescriptor] = { _ in [] }
  ) async throws -> FlushCommit {
    let commit = try await next(index, windows: windows, newestAppend: newestAppend, objects: objects)
    try await index.commit(commit)
    advance(past: commit)
    return commit
  }

  /// Commits one object with these chunks.
  @discardableResult
  mutating func commit(_ chunks: [ChunkDescriptor], to index: some ChunkIndex) async throws -> FlushCommit {
    try await commit(to: index) { [Sample.object($0, chunks: chunks)] }
  }
}

extension FlushCommit {
  /// The same, but for what is given.
  func with(
    generation: Generation? = nil, parent: FlushID?? = .none, epoch: LogEpoch? = nil, range: Range<UInt64>? = nil,
    deadLetters: [DeadLetterID]? = nil, begun: Timestamp? = nil
  ) -> FlushCommit {
    FlushCommit(
      partition: partition, generation: generation ?? self.generation, flush: flush, parent: parent ?? self.parent,
      epoch: epoch ?? self.epoch, range: range ?? self.range, objects: objects, windows: windows,
      deadLetters: deadLetters ?? self.deadLetters, begun: begun ?? self.begun, newestAppend: newestAppend)
  }
}

/// Why the index did not take `commit`; nil if it did.
func refusal(of commit: FlushCommit, by index: some ChunkIndex) async -> ChunkIndexError? {
  do throws(ChunkIndexError) { try await index.commit(commit) } catch { return error }
  return nil
}

func expectLostRace(_ commit: FlushCommit, by index: some ChunkIndex, _ situation: Comment) async {
  let refusal = await refusal(of: commit, by: index)
  guard case .lostRace? = refusal else {
    Issue.record("\(situation): expected a lost race, got \(refusal.map { "\($0)" } ?? "a commit")")
    return
  }
}
