import Application
import Domain
import InMemoryAdapter

/// A right index behind one flaw.
actor SabotagedChunkIndex: ChunkIndex {
  let flaw: ChunkIndexFlaw
  let honest = InMemoryChunkIndex(clock: ScriptedClock())
  private var losersObjects: [ObjectDescriptor] = []
  /// Letters of all commits, whatever became of them.
  private var askedFor: Set<DeadLetterID> = []
  var refusals: UInt64 = 0

  init(_ flaw: ChunkIndexFlaw) { self.flaw = flaw }

  func generation() async throws(ChunkIndexError) -> Generation? {
    flaw == .forgetsGeneration ? nil : try await honest.generation()
  }

  func initialise(_ generation: Generation) async throws(ChunkIndexError) {
    do throws(ChunkIndexError) { try await honest.initialise(generation) } catch {
      if flaw != .initialisesTwice { throw error }
    }
  }

  func time() async throws(ChunkIndexError) -> Timestamp { try await honest.time() }

  func commit(_ original: FlushCommit) async throws(ChunkIndexError) {
    if flaw == .forgetsCommits { return }
    askedFor.formUnion(original.deadLetters)
    if flaw == .halfCommitsWhenCancelled, Task.isCancelled {
      await Task { [honest] in _ = try? await honest.commit(original.with(objects: [])) }.value
      throw .cancelled
    }
    let commit = try await distorted(original)
    do throws(ChunkIndexError) { try await honest.commit(commit) } catch {
      guard case .lostRace = error else { throw error }
      refusals += 1
      if flaw == .keepsTheLosersObjects { losersObjects += commit.objects }
      throw flaw == .hidesTheHead ? .lostRace(head: nil) : error
    }
  }

  func commit(_ gap: GapCommit) async throws(ChunkIndexError) {
    if flaw == .forgetsGaps { return }
    if flaw == .refusesFirstGap, gap.parent == nil { throw .rejected(reason: "sabotage") }
    try await honest.commit(try await distorted(gap))
  }

  func state(of partition: PartitionID) async throws(ChunkIndexError) -> PartitionState {
    let state = try await distorted(honest.state(of: mapped(partition)))
    guard flaw == .seesGhosts, state.head == nil else { return state }
    return PartitionState(epoch: nil, watermark: 1, head: nil, windows: [:], gaps: [])
  }

  func chunks(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, overlapping range: TimeRange
  ) async throws(ChunkIndexError) -> IndexedChunks {
    let early = try await honest.state(of: mapped(partition))
    if flaw == .readsInTwoSteps {
      var later = early
      for _ in 0..<1_000 where later.watermark == early.watermark {
        await Task.yield()
        later = try await honest.state(of: mapped(partition))
      }
    }
    let found = try await honest.chunks(
      in: mapped(partition), tenant: tenant, service: flaw == .ignoresService ? nil : service,
      overlapping: flaw == .looksUpClosedRanges ? range.closed : range)
    var chunks = found.chunks
    if flaw == .mixesTenants, let other = try? TenantID("other") {
      chunks += try await honest.chunks(
        in: mapped(partition), tenant: other, service: service, overlapping: range
      ).chunks
    }
    chunks = chunks.filter { isSeen($0.descriptor, range) }
    return IndexedChunks(
      generation: found.generation, epoch: found.epoch,
      watermark: flaw == .readsInTwoSteps ? early.watermark : found.watermark, gaps: found.gaps, chunks: chunks)
  }

  func services(of tenant: TenantID) async throws(ChunkIndexError) -> [ServiceName] {
    let services = try await honest.services(of: tenant)
    switch flaw {
    case .listsServicesBackwards: return services.reversed()
    case .listsServicesOfWindows:
      let quiet = try await honest.state(of: PartitionID(1)).windows.keys.map(\.stream.service)
      return Set(services + quiet).sorted()
    default: return services
    }
  }

  func committedDeadLetters(among ids: [DeadLetterID]) async throws(ChunkIndexError) -> Set<DeadLetterID> {
    switch flaw {
    case .publishesLostLetters: return Set(ids).intersection(askedFor)
    case .forgetsEventIndexes:
      let plain = ids.map { id -> DeadLetterID in
        guard case .batch(let key, let sequence, let digest, _) = id else { return id }
        return .batch(key, sequence: sequence, digest: digest, index: nil)
      }
      let known = try await honest.committedDeadLetters(among: plain)
      return Set(zip(ids, plain).filter { known.contains($1) }.map(\.0))
    default: return try await honest.committedDeadLetters(among: ids)
    }
  }

  func objects(in partition: PartitionID) async throws(ChunkIndexError) -> [ObjectDescriptor] {
    let objects = try await honest.objects(in: mapped(partition)) + losersObjects
    return flaw == .reordersObjects ? objects.sorted { $0.key < $1.key } : objects
  }

  private func mapped(_ partition: PartitionID) -> PartitionID {
    flaw == .mixesPartitions ? PartitionID(0) : partition
  }

  private func isSeen(_ chunk: ChunkDescriptor, _ range: TimeRange) -> Bool {
    switch flaw {
    case .looksUpByFirstEvent: range.contains(chunk.timeSpan.lowerBound)
    case .assumesShortSpans:
      chunk.timeSpan.upperBound.duration(since: chunk.timeSpan.lowerBound) <= TimeBucket.defaultWidth
    case .takesPlainNamesOnly: chunk.stream.service.text.utf8.allSatisfy { $0 < 0x80 }
    default: true
    }
  }

  private func distorted(_ commit: FlushCommit) async throws(ChunkIndexError) -> FlushCommit {
    let state = try await honest.state(of: commit.partition)
    let isFirst = state.head == nil
    switch flaw {
    case .commitsWithoutGeneration:
      if try await honest.generation() == nil { try await honest.initialise(commit.generation) }
      return commit
    case .ignoresGeneration: return commit.with(generation: try await honest.generation())
    case .refusesEmptyCommits:
      if commit.objects.isEmpty { throw .rejected(reason: "sabotage") }
      return commit
    case .truncatesLargeCommits: return commit.with(objects: Array(commit.objects.prefix(10)))
    case .narrowsNumbers: return commit.with(range: commit.range.clamped(to: 0..<UInt64(Int64.max)))
    case .letsTheLastWin:
      let end = max(state.watermark, commit.range.upperBound)
      return commit.with(parent: .some(state.head), epoch: state.epoch, range: state.watermark..<end)
    case .ignoresWatermark: return commit.with(range: state.watermark..<max(state.watermark, commit.range.upperBound))
    case .ignoresEpoch: return commit.with(epoch: state.epoch)
    case .acceptsAnyBeginning:
      return isFirst ? commit.with(parent: .some(nil), range: 0..<commit.range.upperBound) : commit
    case .ignoresAge: return commit.with(begun: try await honest.time())
    case .isImpatient: return commit.with(begun: commit.begun.advanced(by: .seconds(-3_600)))
    case .mixesPartitions: return commit.with(partition: PartitionID(0), parent: .some(state.head))
    case .overwritesWindows: return commit.with(windows: commit.windows.map { $0.with(startsAnew: true) })
    case .neverStartsAnew: return commit.with(windows: commit.windows.map { $0.with(startsAnew: false) })
    case .ignoresRefusedWindows: return commit.with(windows: commit.windows.filter { !$0.added.isEmpty })
    case .neverExpires: return commit.with(newestAppend: .distantPast)
    case .expiresEarly: return commit.with(newestAppend: commit.newestAppend.advanced(by: .nanoseconds(1)))
    default: return commit
    }
  }
}

extension TimeRange {
  fileprivate var closed: TimeRange { TimeRange(from: start, to: end.advanced(by: .nanoseconds(1))) }
}

extension WindowChange {
  fileprivate func with(startsAnew: Bool) -> WindowChange {
    WindowChange(key: key, startsAnew: startsAnew, added: added, lastAppend: lastAppend)
  }
}

extension FlushCommit {
  /// The same, but for what is given.
  fileprivate func with(
    partition: PartitionID? = nil, generation: Generation? = nil, parent: FlushID?? = .none, epoch: LogEpoch? = nil,
    range: Range<UInt64>? = nil, objects: [ObjectDescriptor]? = nil, windows: [WindowChange]? = nil,
    begun: Timestamp? = nil, newestAppend: Timestamp? = nil
  ) -> FlushCommit {
    FlushCommit(
      partition: partition ?? self.partition, generation: generation ?? self.generation, flush: flush,
      parent: parent ?? self.parent, epoch: epoch ?? self.epoch, range: range ?? self.range,
      objects: objects ?? self.objects, windows: windows ?? self.windows, deadLetters: deadLetters,
      begun: begun ?? self.begun, newestAppend: newestAppend ?? self.newestAppend)
  }
}
