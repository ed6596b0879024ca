import Application
import Domain
import InMemoryAdapter

extension SabotagedChunkIndex {
  func commits() async throws(ChunkIndexError) -> [PartitionID: UInt64] {
    let commits = try await honest.commits()
    return flaw == .countsRefusedCommits ? commits.mapValues { $0 + refusals } : commits
  }

  func snapshot(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionSnapshot {
    let snapshot: PartitionSnapshot
    do throws(ChunkIndexError) { snapshot = try await honest.snapshot(of: partition) } catch {
      guard flaw == .snapshotsWithoutGeneration else { throw error }
      return .empty(partition, Generation(Identifier128(high: 0, low: 0)))
    }
    switch flaw {
    case .snapshotsLackLetters: return snapshot.with(letters: [])
    case .snapshotsInTwoSteps:
      var later = snapshot
      for _ in 0..<1_000 where later.commits == snapshot.commits {
        await Task.yield()
        later = try await honest.snapshot(of: partition)
      }
      return snapshot.with(objects: later.objects)
    default: return snapshot
    }
  }

  func beginRebuild(as generation: Generation) async throws(ChunkIndexError) {
    if flaw == .keepsTheMarker { return }
    try await honest.beginRebuild(as: generation)
  }

  func stage(_ snapshot: PartitionSnapshot) async throws(ChunkIndexError) {
    switch flaw {
    case .losesGaps: try await honest.stage(snapshot.with(gaps: []))
    case .restartsTheCount: try await honest.stage(snapshot.with(commits: 0))
    case .showsWhatIsStaged:
      try await honest.stage(snapshot)
      try await honest.finishRebuild(as: snapshot.generation)
      try await honest.beginRebuild(as: snapshot.generation)
    default: try await honest.stage(snapshot)
    }
  }

  func finishRebuild(as generation: Generation) async throws(ChunkIndexError) {
    if flaw == .finishesAnyRebuild, try await honest.generation() == nil {
      try await honest.beginRebuild(as: generation)
    }
    if flaw == .keepsWhatWasBefore { try await stageWhatIsThere(generation) }
    try await honest.finishRebuild(as: generation)
  }

  private func stageWhatIsThere(_ generation: Generation) async throws(ChunkIndexError) {
    let state = try await honest.state(of: PartitionID(0))
    guard state.head != nil else { return }
    let objects = try await honest.objects(in: PartitionID(0))
    try await honest.stage(
      PartitionSnapshot(
        partition: PartitionID(0), generation: generation, commits: 1, epoch: state.epoch, watermark: state.watermark,
        head: state.head, windows: state.windows, gaps: state.gaps, objects: objects, letters: []))
  }
}

extension PartitionSnapshot {
  /// The same, but for what is given.
  fileprivate func with(
    commits: UInt64? = nil, gaps: [Gap]? = nil, objects: [ObjectDescriptor]? = nil, letters: [Letters]? = nil
  ) -> PartitionSnapshot {
    PartitionSnapshot(
      partition: partition, generation: generation, commits: commits ?? self.commits, epoch: epoch,
      watermark: watermark, head: head, windows: windows, gaps: gaps ?? self.gaps, objects: objects ?? self.objects,
      letters: letters ?? self.letters)
  }
}
