package import Domain

/// Initialises and rebuilds the index, one at a time.
package actor OperateIndex<Codec: BlockCompression>: IndexOperations {
  /// What a rebuild holds, in every process.
  private static var leaseName: String { "index-rebuild" }
  /// Who asks over HTTP counts on hearing something within a minute.
  private static var tellingInterval: Duration { .milliseconds(500) }

  let ports: IndexRecoveryPorts
  private let configuration: IndexRecoveryConfiguration
  private let folder: SnapshotFolder
  private let codec: Codec
  /// When progress was last told, by the clock's `elapsed`.
  private var told = Duration.zero

  /// - Parameters:
  ///   - codec: Compresses the snapshots that a rebuild writes.
  ///   - codecs: Read those that are there.
  package init(
    ports: IndexRecoveryPorts, configuration: IndexRecoveryConfiguration, codec: Codec, codecs: BlockCodecs
  ) {
    self.ports = ports
    self.configuration = configuration
    self.codec = codec
    folder = SnapshotFolder(store: ports.store, codecs: codecs, configuration: configuration)
  }

  package func rebuild(
    progress: @escaping @Sendable (RebuildProgress) async -> Void
  ) async throws(IndexOperationError) -> RebuildReport {
    let holder = ports.identifiers.next()
    try await holdLease(as: holder)
    let outcome: Result<RebuildReport, IndexOperationError>
    do throws(IndexOperationError) { outcome = .success(try await rebuild(holder, progress).run()) } catch {
      outcome = .failure(error)
    }
    await releaseLease(of: holder)
    switch outcome {
    case .success(let report): ports.telemetry.record(.indexRebuilt(report))
    case .failure(let error): ports.telemetry.record(.indexRebuildFailed(reason: error.description))
    }
    return try outcome.get()
  }

  package func initialise(discarding: Bool) async throws(IndexOperationError) -> Generation {
    do throws(ChunkIndexError) {
      if let found = try await ports.index.generation() { throw .alreadyInitialised(found) }
      if try await isEmpty() {
        let generation = Generation.first(random: ports.identifiers.next())
        try await ports.index.initialise(generation)
        return generation
      }
    } catch { throw IndexOperationError(error) }
    guard discarding else {
      throw .notEmpty(
        reason: """
          the index has no generation marker and there are objects, or commits: it was lost. 'cordwood index rebuild' makes \
          it again from them; to initialise it would lose sight of all that they hold
          """)
    }
    return try await beginEmpty()
  }

  /// A rebuild that finds nothing.
  private func beginEmpty() async throws(IndexOperationError) -> Generation {
    let holder = ports.identifiers.next()
    try await holdLease(as: holder)
    let outcome: Result<Generation, IndexOperationError>
    do throws(IndexOperationError) {
      let generation = try await rebuild(holder) { _ in }.nextGeneration()
      do throws(ChunkIndexError) {
        try await ports.index.beginRebuild(as: generation)
        try await ports.index.finishRebuild(as: generation)
      } catch { throw IndexOperationError(error) }
      outcome = .success(generation)
    } catch { outcome = .failure(error) }
    await releaseLease(of: holder)
    return try outcome.get()
  }

  private func isEmpty() async throws(ChunkIndexError) -> Bool {
    guard try await ports.index.commits().isEmpty else { return false }
    do throws(ObjectStoreError) {
      return try await ports.store.list(below: configuration.prefix, page: nil, limit: 1).keys.isEmpty
    } catch {
      throw .unavailable(retryAfter: nil, reason: IndexOperationError(error).description)
    }
  }

  private func rebuild(
    _ holder: Identifier128, _ tell: @escaping @Sendable (RebuildProgress) async -> Void
  ) -> RebuildIndex<Codec> {
    RebuildIndex(ports: ports, configuration: configuration, folder: folder, codec: codec) {
      (progress) async throws(IndexOperationError) in
      if try await self.isToBeTold(holder) { await tell(progress) }
    }
  }

  /// Whether it is time to tell how far a rebuild is.
  ///
  /// - Throws: If it must not go on.
  private func isToBeTold(_ holder: Identifier128) async throws(IndexOperationError) -> Bool {
    if Task.isCancelled { throw .cancelled }
    try await holdLease(as: holder)
    let now = ports.clock.elapsed()
    guard now - told >= Self.tellingInterval else { return false }
    told = now
    return true
  }

  /// Takes the lease, or renews it.
  private func holdLease(as holder: Identifier128) async throws(IndexOperationError) {
    do throws(LeaseError) {
      let grant = try await ports.lease.acquire(Self.leaseName, holder: holder, for: configuration.leaseTime)
      if grant != nil { return }
    } catch { throw IndexOperationError(error) }
    throw .underWay
  }

  /// What cannot be given back runs out.
  private func releaseLease(of holder: Identifier128) async {
    do throws(LeaseError) { try await ports.lease.release(Self.leaseName, holder: holder) } catch {}
  }
}
