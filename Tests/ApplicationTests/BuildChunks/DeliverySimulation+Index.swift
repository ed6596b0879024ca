@testable import Application
import Domain

/// What becomes of log and index behind the owners' backs, and how the index comes back.
extension DeliverySimulation {
  /// A rebuild between its steps: what it will look at, once it has looked.
  struct Rebuild {
    let generation: Generation
    var objects: [ObjectKey: FooterReader.Found]?
  }

  /// What a fail-over cannot take away any more.
  var replicated: PartitionSnapshot { history.first ?? index }

  mutating func replicate() { history = [] }

  /// Two steps: read, written. A zombie may write much later what it has read.
  mutating func copyIndex() {
    if !snapshotsInHand.isEmpty, snapshotsInHand.count == 6 || random.below(3) == 0 {
      let copy = snapshotsInHand.remove(at: random.below(snapshotsInHand.count))
      save(copy)
    } else if isWhole {
      snapshotsInHand.append(broken == .snapshotUnreplicated ? index : replicated)
      keepSafe(replicated)
    }
  }

  mutating func save(_ copy: PartitionSnapshot) {
    snapshots.append(copy)
    if isGapSaved { isExposed = false }
  }

  /// Whether what the log lost is known without the index.
  var isGapSaved: Bool {
    snapshots.contains { $0.generation == index.generation && $0.gaps == index.gaps }
  }

  /// Nothing may take away any more what is in an index that a fail-over cannot set back.
  mutating func keepSafe(_ index: PartitionSnapshot) {
    if !isExposed { safe.formUnion(messages(of: index)) }
  }

  /// The newest snapshots cannot be read any more: a rebuild begins at an older one, and must reach as far.
  ///
  /// Only of gaps no object tells (DESIGN section 4, rule 6). What lies behind one that only the damaged snapshots knew of is
  /// out of reach if the index is lost, too, as if the log had lost it: two losses at once, which no rule promises to
  /// survive. So is the epoch, of which a snapshot must be left that knows one (see `isEpochKnown`).
  mutating func damageSnapshots() {
    let sorted = snapshots.sorted { SnapshotName($0) < SnapshotName($1) }
    guard losses.contains(.snapshots), sorted.count > 1, let newest = sorted.last else { return }
    let kept = Array(sorted.prefix(1 + random.below(sorted.count - 1)))
    guard let left = kept.last, left.epoch != nil else { return }
    snapshots = kept
    // The same gaps in another generation may have been committed anew, under other ids.
    let known = isWhole ? index : newest
    guard left.generation != known.generation || left.gaps != known.gaps else { return }
    isExposed = true
    safe = []
    taken[epoch] = max(taken[epoch] ?? 0, UInt64(logStart))
  }

  mutating func loseIndex() {
    history = []
    isWhole = broken == .emptyIndexPassesForWhole
    rebuild = nil
    index = .empty(Self.partition, index.generation)
  }

  /// As a fail-over to a lagging replica does.
  mutating func setIndexBack() {
    guard isWhole, !history.isEmpty else { return }
    let kept = random.below(history.count)
    index = history[kept]
    history.removeLast(history.count - kept)
  }

  /// Begins one where it is needed or an operator thinks so; lists the objects; switches. It may stop between any two.
  mutating func stepRebuild() {
    guard var work = rebuild else {
      if isWhole, random.below(100) < 80 { return }
      let highest = (snapshots.map(\.generation) + [index.generation]).max() ?? index.generation
      rebuild = Rebuild(generation: highest.next(random: Self.id(0, random.next())))
      if broken != .rebuildKeepsTheMarker { isWhole = false }
      return
    }
    if random.below(100) < 10 {
      rebuild = nil
      return
    }
    if let objects = work.objects {
      index = rebuilt(from: objects, as: work.generation)
      save(index)
      history = []
      isWhole = true
      rebuild = nil
      rebuilds += 1
    } else {
      work.objects = store.mapValues(\.found)
      rebuild = work
    }
  }

  func rebuilt(from objects: [ObjectKey: FooterReader.Found], as generation: Generation) -> PartitionSnapshot {
    let base = newestSnapshot ?? .empty(Self.partition, generation)
    var rebuild = PartitionRebuild(from: base, report: .init(partition: Self.partition))
    let named = Set(base.objects.map(\.key))
    let unnamed = objects.filter { !named.contains($0.key) }
    for (key, found) in broken.map({ Self.misled(unnamed, base, by: $0) }) ?? unnamed {
      rebuild.add(key, .whole(found))
    }
    return rebuild.finish(as: generation)
  }

  private var newestSnapshot: PartitionSnapshot? {
    switch broken {
    case .lastWrittenSnapshot: snapshots.last
    case .snapshotByCommits: snapshots.max { $0.commits < $1.commits }
    default: snapshots.max { SnapshotName($0) < SnapshotName($1) }
    }
  }
}
