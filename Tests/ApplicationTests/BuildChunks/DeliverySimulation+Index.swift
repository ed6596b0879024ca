@testable import Application
import Domain

/// What becomes of log and index behind the owners' backs, and how the index comes back.
extension DeliverySimulation {
  /// A rebuild between its steps: what it will look at, once it has looked.
  struct Rebuild {
    let generation: Generation
    var objects: [ObjectKey: FooterReader.Found]?
  }

  /// Two steps: read, written. A zombie may write much later what it has read.
  mutating func copyIndex() {
    if let copy = snapshotInHand {
      snapshots.append(copy)
      snapshotInHand = nil
      // What a snapshot holds is durable: the index is not set back behind it.
      if isNewest(copy) {
        history.removeAll { $0.commits < copy.commits }
        safe.formUnion(messages(of: copy))
      }
    } else if isWhole {
      snapshotInHand = index
    }
  }

  private func isNewest(_ copy: PartitionSnapshot) -> Bool {
    snapshots.allSatisfy { SnapshotName($0) <= SnapshotName(copy) }
  }

  /// The log gives up what is committed; the index is not set back behind that either.
  mutating func trim() {
    guard isWhole, index.watermark > UInt64(logStart) else { return }
    logStart = Int(index.watermark)
    history = []
    safe.formUnion(stored)
  }

  /// The log gives up what may be needed.
  mutating func takeByRetention() {
    guard hasRetention, logStart < log.count else { return }
    logStart += 1 + random.below(log.count - logStart)
    taken = logStart
    history.removeAll { $0.watermark < UInt64(logStart) }
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
      snapshots.append(index)
      history = []
      isWhole = true
      rebuild = nil
      rebuilds += 1
    } else {
      work.objects = store.mapValues(\.found)
      rebuild = work
    }
  }

  private func rebuilt(from objects: [ObjectKey: FooterReader.Found], as generation: Generation) -> PartitionSnapshot {
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
    default: snapshots.max { SnapshotName($0) < SnapshotName($1) }
    }
  }

  /// The footers as a rebuild would see them that does not keep a rule.
  private static func misled(
    _ objects: [ObjectKey: FooterReader.Found], _ base: PartitionSnapshot, by rule: Break
  ) -> [ObjectKey: FooterReader.Found] {
    switch rule {
    case .rebuildWithMissingParts:
      objects.mapValues { found in
        let parts = found.footer.record.parts.filter { objects[$0] != nil }
        return found.with { $0.with(parts: parts.count == found.footer.record.parts.count ? nil : parts) }
      }
    case .rebuildWithoutWindows: objects.mapValues { $0.with { $0.with(windows: []) } }
    case .rebuildByRanges, .rebuildTakesTheFirst: chained(objects, base, byRanges: rule == .rebuildByRanges)
    default: objects
    }
  }

  /// Only the flushes of one way, which is told to be the only one there is.
  private static func chained(
    _ objects: [ObjectKey: FooterReader.Found], _ base: PartitionSnapshot, byRanges: Bool
  ) -> [ObjectKey: FooterReader.Found] {
    let whole = objects.values.map(\.footer.record).filter { record in
      record.parts.count == record.partCount && record.parts.allSatisfy { objects[$0] != nil }
        && objects[record.parts[0]]?.footer.record == record
    }
    var (head, watermark) = (base.head, base.watermark)
    var chosen: [ObjectKey: FooterReader.Found] = [:]
    while true {
      let next = whole.filter { $0.range.lowerBound == watermark && (byRanges || $0.parent == head) }
      let best =
        byRanges
        ? next.max { ($0.range.upperBound, $0.flush) < ($1.range.upperBound, $1.flush) }
        : next.min { $0.flush < $1.flush }
      guard let best else { return chosen }
      for part in best.parts { chosen[part] = objects[part]?.with { $0.with(parent: head) } }
      (head, watermark) = (best.flush, best.range.upperBound)
    }
  }
}

extension FooterReader.Found {
  fileprivate func with(_ change: (FlushRecord) -> FlushRecord) -> FooterReader.Found {
    FooterReader.Found(
      footer: ObjectFooter(codec: footer.codec, chunks: footer.chunks, record: change(footer.record)), size: size)
  }
}

extension FlushRecord {
  /// The same, but for what is given.
  fileprivate func with(
    parent: FlushID?? = .none, parts: [ObjectKey]? = nil, windows: [WindowChange]? = nil
  ) -> FlushRecord {
    FlushRecord(
      flush: flush, parent: parent ?? self.parent, partition: partition, epoch: epoch, range: range,
      partCount: parts?.count ?? partCount, parts: parts ?? self.parts, windows: windows ?? self.windows,
      deadLetters: deadLetters, newestAppend: newestAppend)
  }
}
