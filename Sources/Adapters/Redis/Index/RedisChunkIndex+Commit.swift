package import Application
import Domain

/// Commits: the marker is asked first, then the partition's own state decides, in one script (README, "Commit").
extension RedisChunkIndex {
  /// Expired windows that one commit removes at most.
  private static let expiredAtOnce = 1_000

  package func commit(_ commit: FlushCommit) async throws(ChunkIndexError) {
    let place = try await begin(commit.partition, commit.generation, isFirst: commit.parent == nil)
    let horizon = commit.newestAppend.advanced(by: .zero - SequenceWindow.lifetime)
    let changed = Set(commit.windows.map(\.key))
    let ordered = changed.sorted()
    let arguments: [[UInt8]] = [.init(decimal: horizon.flooredMilliseconds), .init(decimal: Self.expiredAtOnce)]
    let standing = try await standing(of: commit, place, arguments, ordered)
    let refusal = commit.refusal(
      generation: standing.isSealed ? nil : commit.generation, epoch: standing.epoch, watermark: standing.watermark,
      head: standing.head, now: standing.now)
    if let refusal { throw try await named(refusal, commit.generation) }

    var windows = standing.windows
    PartitionWindows.fold(commit.windows, into: &windows, newestAppend: commit.newestAppend)
    var next = CommitArguments()
    next.expected = .init(head: commit.parent, watermark: commit.range.lowerBound, epoch: commit.epoch)
    next.next = .init(head: commit.flush, watermark: commit.range.upperBound, epoch: commit.epoch)
    next.latest = commit.begun.advanced(by: FlushCommit.maximumAge)
    next.count = .another
    next.objects = commit.objects
    next.windows = ordered.compactMap { key in windows[key].map { (key, $0) } }
    let expired = standing.expired.filter { $0.lastAppend < horizon }.map(\.key).filter { !changed.contains($0) }
    next.droppedWindows = (ordered.filter { windows[$0] == nil } + expired).map(\.bytes)
    if !commit.deadLetters.isEmpty { next.letters = .init(flush: commit.flush, ids: commit.deadLetters) }
    try await apply(next, place, commit.generation) { .tooOld(age: $0.duration(since: commit.begun)) }
  }

  package func commit(_ gap: GapCommit) async throws(ChunkIndexError) {
    let place = try await begin(gap.partition, gap.generation, isFirst: gap.parent == nil)
    var next = CommitArguments()
    next.expected = .init(head: gap.parent, watermark: gap.gap.from, epoch: gap.gap.epoch)
    next.next = .init(head: gap.flush, watermark: gap.nextWatermark, epoch: gap.nextEpoch)
    next.count = .another
    next.gap = gap.gap
    try await apply(next, place, gap.generation) { _ in .tooOld(age: .zero) }
  }

  private func standing(
    of commit: FlushCommit, _ place: PartitionKeys, _ arguments: [[UInt8]], _ windows: [WindowKey]
  ) async throws(ChunkIndexError) -> CommitStanding {
    var isKnown = false
    while true {
      let reply = try await call(RedisScript.prepareCommit, place.head, arguments + windows.map(\.bytes))
      if let standing = try CommitStanding(reply, windows) { return standing }
      // Registered before, and not there: it is lost.
      if isKnown { throw .wrongGeneration(found: nil) }
      isKnown = try await isRegistered(commit.partition, commit.generation)
      if !isKnown { throw .lostRace(head: nil) }
    }
  }

  /// Looks at the marker, and opens a partition that nothing was committed to.
  private func begin(
    _ partition: PartitionID, _ generation: Generation, isFirst: Bool
  ) async throws(ChunkIndexError) -> PartitionKeys {
    let found = try await marker().generation
    guard found == generation else { throw .wrongGeneration(found: found) }
    let place = keys.partition(partition, generation)
    // One that is registered and not there is lost: to open it anew would make it look whole.
    guard isFirst, !(try await isRegistered(partition, generation)) else { return place }
    _ = try await call(RedisScript.openPartition, place.head, [generation.text, [UInt8(ascii: "0")]], isDurable: true)
    let arguments: [[UInt8]] = [generation.text, .init(decimal: partition.number)]
    let reply = try await call(RedisScript.register, keys.marker, arguments, isDurable: true)
    guard reply == .integer(1) else { throw .wrongGeneration(found: try await marker().generation) }
    return place
  }

  private func apply(
    _ arguments: CommitArguments, _ place: PartitionKeys, _ generation: Generation,
    whenOld: (Timestamp) -> ChunkIndexError
  ) async throws(ChunkIndexError) {
    let reply = try await call(RedisScript.applyCommit, place.head, arguments.encoded, isDurable: true)
    let refusal: ChunkIndexError
    do throws(RedisError) {
      let words = try reply.elements(of: "a commit")
      switch words.first {
      case .bytes(Array("ok".utf8)): return
      case .bytes(Array("race".utf8)):
        let head = try (words.last ?? .none).bytes(of: "a commit")
        refusal = .lostRace(head: Identifier128(bytes: head.span).map { FlushID($0) })
      case .bytes(Array("old".utf8)): refusal = whenOld(try Timestamp(time: words.dropFirst()))
      case .bytes(Array("lost".utf8)), .bytes(Array("sealed".utf8)): refusal = .wrongGeneration(found: nil)
      default: throw .unexpected(reply, to: "a commit")
      }
    } catch { throw ChunkIndexError(error) }
    throw try await named(refusal, generation)
  }

  /// A sealed partition does not know which generation took its place.
  private func named(
    _ refusal: ChunkIndexError, _ generation: Generation
  ) async throws(ChunkIndexError) -> ChunkIndexError {
    guard case .wrongGeneration(found: nil) = refusal else { return refusal }
    let found = try await marker().generation
    // A part of it is lost, whatever the marker says.
    return .wrongGeneration(found: found == generation ? nil : found)
  }
}
