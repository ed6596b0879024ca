package import Application
package import Domain

extension InMemoryChunkIndex {
  package func commits() throws(ChunkIndexError) -> [PartitionID: UInt64] {
    try faults.perform(.commits) { () throws(ChunkIndexError) in
      contents.partitions.compactMapValues { $0.commits > 0 ? $0.commits : nil }
    }
  }

  package func snapshot(of partition: PartitionID) throws(ChunkIndexError) -> PartitionSnapshot {
    try faults.perform(.snapshot) { () throws(ChunkIndexError) in
      guard let generation = contents.generation else { throw .wrongGeneration(found: nil) }
      let found = contents.partitions[partition] ?? Partition()
      let state = found.state
      return PartitionSnapshot(
        partition: partition, generation: generation, commits: found.commits, epoch: state.epoch,
        watermark: state.watermark, head: state.head, windows: state.windows, gaps: state.gaps, objects: found.objects,
        letters: found.letters)
    }
  }

  package func beginRebuild(as generation: Generation) throws(ChunkIndexError) {
    try faults.perform(.beginRebuild) { () throws(ChunkIndexError) in
      contents.generation = nil
      contents.staged = (generation, [:])
    }
  }

  package func stage(_ snapshot: PartitionSnapshot) throws(ChunkIndexError) {
    try faults.perform(.stage) { () throws(ChunkIndexError) in
      guard contents.staged?.generation == snapshot.generation else { throw stagedElsewhere }
      contents.staged?.partitions[snapshot.partition] = snapshot
    }
  }

  package func finishRebuild(as generation: Generation) throws(ChunkIndexError) {
    try faults.perform(.finishRebuild) { () throws(ChunkIndexError) in
      guard contents.generation == nil, let staged = contents.staged, staged.generation == generation else {
        throw stagedElsewhere
      }
      contents.partitions = staged.partitions.mapValues { snapshot in
        Partition(
          state: PartitionState(snapshot), commits: snapshot.commits, objects: snapshot.objects,
          letters: snapshot.letters)
      }
      contents.generation = generation
      contents.staged = nil
    }
  }

  private var stagedElsewhere: ChunkIndexError {
    .wrongGeneration(found: contents.generation ?? contents.staged?.generation)
  }
}
