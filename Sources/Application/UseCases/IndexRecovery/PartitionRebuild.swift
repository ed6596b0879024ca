import Domain

/// What snapshot and objects of one partition come to. No I/O: the same in any order gives the same (DESIGN section 4,
/// rule 9).
struct PartitionRebuild: Sendable {
  private let base: PartitionSnapshot
  private(set) var report: RebuildReport.Partition
  private var found: [ObjectKey: FooterReader.Found] = [:]
  private let named: Set<ObjectKey>

  /// - Parameter base: What it begins with: a snapshot, or empty.
  init(from base: PartitionSnapshot, report: RebuildReport.Partition) {
    self.base = base
    self.report = report
    named = Set(base.objects.map(\.key))
  }

  /// Whether the object may belong to a flush behind the snapshot. What does not, and is not in the snapshot, is a stray.
  mutating func wants(_ key: ObjectKey, _ name: FlushObjectName) -> Bool {
    if named.contains(key) { return false }
    if base.epoch == nil || (name.epoch == base.epoch && name.range.lowerBound >= base.watermark) { return true }
    report.strays += 1
    return false
  }

  mutating func add(_ key: ObjectKey, _ reading: FooterReader.Reading) {
    switch reading {
    case .whole(let object): found[key] = object
    case .damaged(let reason): report.unreadable.append(RebuildReport.Unreadable(key: key, reason: reason))
    }
  }

  /// The partition as the new index has it.
  mutating func finish(as generation: Generation) -> PartitionSnapshot {
    let flushes = wholeFlushes()
    let way = FlushLineage.farthest(from: base.head, epoch: base.epoch, watermark: base.watermark, among: flushes)
    var windows = base.windows
    var objects = base.objects
    var letters = base.letters
    for flush in way {
      PartitionWindows.fold(flush.windows, into: &windows, newestAppend: flush.newestAppend)
      objects += flush.parts.compactMap { descriptor($0, of: flush.flush) }
      if !flush.deadLetters.isEmpty { letters.append(.init(flush: flush.flush, ids: flush.deadLetters)) }
    }
    let epoch = way.last?.epoch ?? base.epoch
    let watermark = way.last?.range.upperBound ?? base.watermark
    report.flushes = way.count
    report.objects = objects.count
    report.watermark = watermark
    report.strays += found.count - (objects.count - base.objects.count)
    report.unreached = flushes.count { $0.epoch == epoch && $0.range.upperBound > watermark }
    return PartitionSnapshot(
      partition: base.partition, generation: generation, commits: base.commits + UInt64(way.count) + 1, epoch: epoch,
      watermark: watermark, head: way.last?.flush ?? base.head, windows: windows, gaps: base.gaps, objects: objects,
      letters: letters)
  }

  /// The records of flushes of which every part is there and says the same.
  private func wholeFlushes() -> [FlushRecord] {
    found.sorted { $0.key < $1.key }.map(\.value.footer.record).filter { record in
      // Part 0 alone lists more than itself; of a flush with one part it lists that.
      record.partition == base.partition && record.parts.count == record.partCount
        && record.parts.allSatisfy { found[$0]?.footer.record.flush == record.flush }
        && record.parts.first.map { found[$0]?.footer.record == record } ?? false
    }
  }

  private func descriptor(_ key: ObjectKey, of flush: FlushID) -> ObjectDescriptor? {
    found[key].map { object in
      ObjectDescriptor(
        key: key, flush: flush, size: object.size, sha256: nil, formatVersion: ObjectFormat.version,
        codec: object.footer.codec, chunks: object.footer.chunks)
    }
  }
}
