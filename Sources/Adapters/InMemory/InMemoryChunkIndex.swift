package import Application
package import Domain

/// The index in dictionaries, which a test can lose or set back.
package actor InMemoryChunkIndex: ChunkIndex {
  package enum Operation: Hashable, Sendable {
    case generation, initialise, time, commit, commitGap, state, chunks, services, objects, deadLetters
    case commits, snapshot, beginRebuild, stage, finishRebuild
  }

  /// All that the index holds, to set it back to later.
  package struct Contents: Sendable {
    var generation: Generation?
    var partitions: [PartitionID: Partition] = [:]
    /// What a rebuild that is not finished found, under the generation that it will have.
    var staged: (generation: Generation, partitions: [PartitionID: PartitionSnapshot])?
  }

  struct Partition: Sendable {
    var state = PartitionState.empty
    var commits: UInt64 = 0
    var objects: [ObjectDescriptor] = []
    var letters: [PartitionSnapshot.Letters] = []
  }

  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, ChunkIndexError>(whenCancelled: .cancelled)
  private let clock: any WallClock
  /// A copy now, or what `restore` sets the index back to.
  package internal(set) var contents = Contents()

  /// - Parameter clock: The index's own.
  package init(clock: any WallClock) { self.clock = clock }

  package func generation() throws(ChunkIndexError) -> Generation? {
    try faults.perform(.generation) { () throws(ChunkIndexError) in contents.generation }
  }

  package func initialise(_ generation: Generation) throws(ChunkIndexError) {
    try faults.perform(.initialise) { () throws(ChunkIndexError) in
      if let found = contents.generation { throw .alreadyInitialised(found) }
      contents.generation = generation
    }
  }

  package func time() throws(ChunkIndexError) -> Timestamp {
    try faults.perform(.time) { () throws(ChunkIndexError) in clock.now() }
  }

  package func commit(_ commit: FlushCommit) throws(ChunkIndexError) {
    try faults.perform(.commit) { () throws(ChunkIndexError) in
      var partition = contents.partitions[commit.partition, default: Partition()]
      let state = partition.state
      let refusal = commit.refusal(
        generation: contents.generation, epoch: state.epoch, watermark: state.watermark, head: state.head,
        now: clock.now())
      if let refusal { throw refusal }
      var windows = state.windows
      PartitionWindows.fold(commit.windows, into: &windows, newestAppend: commit.newestAppend)
      partition.state = PartitionState(
        epoch: commit.epoch, watermark: commit.range.upperBound, head: commit.flush, windows: windows, gaps: state.gaps)
      partition.objects += commit.objects
      partition.commits += 1
      if !commit.deadLetters.isEmpty {
        partition.letters.append(PartitionSnapshot.Letters(flush: commit.flush, ids: commit.deadLetters))
      }
      contents.partitions[commit.partition] = partition
    }
  }

  package func commit(_ gap: GapCommit) throws(ChunkIndexError) {
    try faults.perform(.commitGap) { () throws(ChunkIndexError) in
      var partition = contents.partitions[gap.partition, default: Partition()]
      let state = partition.state
      let refusal = gap.refusal(
        generation: contents.generation, epoch: state.epoch, watermark: state.watermark, head: state.head)
      if let refusal { throw refusal }
      partition.state = PartitionState(
        epoch: gap.nextEpoch, watermark: gap.nextWatermark, head: gap.flush, windows: state.windows,
        gaps: state.gaps + [gap.gap])
      partition.commits += 1
      contents.partitions[gap.partition] = partition
    }
  }

  package func state(of partition: PartitionID) throws(ChunkIndexError) -> PartitionState {
    try faults.perform(.state) { () throws(ChunkIndexError) in contents.partitions[partition]?.state ?? .empty }
  }

  package func chunks(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, overlapping range: TimeRange
  ) throws(ChunkIndexError) -> IndexedChunks {
    try faults.perform(.chunks) { () throws(ChunkIndexError) in
      let found = contents.partitions[partition] ?? Partition()
      let chunks = found.objects.flatMap { object in
        object.chunks.filter { chunk in
          chunk.stream.tenant == tenant && service.map { $0 == chunk.stream.service } ?? true
            && range.overlaps(chunk.timeSpan)
        }.map { chunk in
          IndexedChunks.Chunk(object: object.key, objectSize: object.size, codec: object.codec, descriptor: chunk)
        }
      }
      return IndexedChunks(
        generation: contents.generation, epoch: found.state.epoch, watermark: found.state.watermark,
        gaps: found.state.gaps, chunks: chunks)
    }
  }

  package func services(of tenant: TenantID) throws(ChunkIndexError) -> [ServiceName] {
    try faults.perform(.services) { () throws(ChunkIndexError) in
      let streams = contents.partitions.values.flatMap(\.objects).flatMap(\.chunks).map(\.stream)
      return Set(streams.filter { $0.tenant == tenant }.map(\.service)).sorted()
    }
  }

  package func committedDeadLetters(among ids: [DeadLetterID]) throws(ChunkIndexError) -> Set<DeadLetterID> {
    try faults.perform(.deadLetters) { () throws(ChunkIndexError) in
      contents.partitions.values.reduce(into: []) { $0.formUnion(Set(ids).intersection($1.letters.flatMap(\.ids))) }
    }
  }

  package func objects(in partition: PartitionID) throws(ChunkIndexError) -> [ObjectDescriptor] {
    try faults.perform(.objects) { () throws(ChunkIndexError) in contents.partitions[partition]?.objects ?? [] }
  }
}

/// What a test does to the index behind its users' backs.
extension InMemoryChunkIndex {
  /// Letters of the flushes that were committed to `partition`, in their order.
  package func deadLetters(in partition: PartitionID) -> [DeadLetterID] {
    contents.partitions[partition]?.letters.flatMap(\.ids) ?? []
  }

  /// The index is lost: no generation, no partitions.
  package func forgetEverything() { contents = Contents() }

  /// The index is set back to an earlier state, as a restored backup or a fail-over to a lagging replica does.
  package func restore(_ earlier: Contents) { contents = earlier }
}
