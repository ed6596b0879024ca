package import Domain

/// A chunk index whose calls are told to telemetry, each with its outcome and duration.
package struct MeteredChunkIndex<Base: ChunkIndex>: ChunkIndex {
  private let base: Base
  private let meter: PortMeter

  package init(_ base: Base, clock: any WallClock, telemetry: any Telemetry) {
    self.base = base
    meter = PortMeter(port: .chunkIndex, clock: clock, telemetry: telemetry)
  }

  package func generation() async throws(ChunkIndexError) -> Generation? {
    try await measure("generation") { () async throws(ChunkIndexError) in try await base.generation() }
  }

  package func initialise(_ generation: Generation) async throws(ChunkIndexError) {
    try await measure("initialise") { () async throws(ChunkIndexError) in try await base.initialise(generation) }
  }

  package func time() async throws(ChunkIndexError) -> Timestamp {
    try await measure("time") { () async throws(ChunkIndexError) in try await base.time() }
  }

  package func commit(_ commit: FlushCommit) async throws(ChunkIndexError) {
    try await measure("commit") { () async throws(ChunkIndexError) in try await base.commit(commit) }
  }

  package func commit(_ gap: GapCommit) async throws(ChunkIndexError) {
    try await measure("commit-gap") { () async throws(ChunkIndexError) in try await base.commit(gap) }
  }

  package func state(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionState {
    try await measure("state") { () async throws(ChunkIndexError) in try await base.state(of: partition) }
  }

  package func chunks(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, overlapping range: TimeRange
  ) async throws(ChunkIndexError) -> IndexedChunks {
    try await measure("chunks") { () async throws(ChunkIndexError) in
      try await base.chunks(in: partition, tenant: tenant, service: service, overlapping: range)
    }
  }

  package func services(of tenant: TenantID) async throws(ChunkIndexError) -> [ServiceName] {
    try await measure("services") { () async throws(ChunkIndexError) in try await base.services(of: tenant) }
  }

  package func committedDeadLetters(
    among ids: [DeadLetterID]
  ) async throws(ChunkIndexError) -> Set<DeadLetterID> {
    try await measure("dead_letters") { () async throws(ChunkIndexError) in
      try await base.committedDeadLetters(among: ids)
    }
  }

  package func objects(in partition: PartitionID) async throws(ChunkIndexError) -> [ObjectDescriptor] {
    try await measure("objects") { () async throws(ChunkIndexError) in try await base.objects(in: partition) }
  }

  private func measure<Answer>(
    _ operation: StaticString, _ call: () async throws(ChunkIndexError) -> Answer
  ) async throws(ChunkIndexError) -> Answer {
    try await meter.measure(operation, bytes: { (_: Answer) in 0 }, outcome: Self.outcome, call)
  }

  private static func outcome(_ error: ChunkIndexError) -> PortOutcome {
    switch error {
    case .alreadyInitialised, .lostRace, .wrongGeneration, .tooOld: .refused
    case .unavailable, .corrupt, .rejected: .failed
    case .cancelled: .cancelled
    }
  }
}

extension MeteredChunkIndex {
  package func commits() async throws(ChunkIndexError) -> [PartitionID: UInt64] {
    try await measure("commits") { () async throws(ChunkIndexError) in try await base.commits() }
  }

  package func snapshot(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionSnapshot {
    try await measure("snapshot") { () async throws(ChunkIndexError) in try await base.snapshot(of: partition) }
  }

  package func beginRebuild(as generation: Generation) async throws(ChunkIndexError) {
    try await measure("begin_rebuild") { () async throws(ChunkIndexError) in
      try await base.beginRebuild(as: generation)
    }
  }

  package func stage(_ snapshot: PartitionSnapshot) async throws(ChunkIndexError) {
    try await measure("stage") { () async throws(ChunkIndexError) in try await base.stage(snapshot) }
  }

  package func finishRebuild(as generation: Generation) async throws(ChunkIndexError) {
    try await measure("finish_rebuild") { () async throws(ChunkIndexError) in
      try await base.finishRebuild(as: generation)
    }
  }
}
