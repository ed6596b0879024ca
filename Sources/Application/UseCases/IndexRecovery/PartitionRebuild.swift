import Domain

/// What snapshot and objects of one partition come to. No I/O: the same in any order gives the same (DESIGN section 4,
/// rule 9).
struct PartitionRebuild: Sendable {
  private let base: PartitionSnapshot
  private(set) var report: RebuildReport.Partition
  private var found: [ObjectKey: FooterReader.Found] = [:]
  private let named: Set<ObjectKey>
  /// Of the object behind the snapshot that was asked for last: known though no footer can be read.
  private var namedEpoch: LogEpoch?

  /// - Parameter base: What it begins with: a snapshot, or empty.
  init(from base: PartitionSnapshot, report: RebuildReport.Partition) {
    self.base = base
    self.report = report
    named = Set(base.objects.map(\.key))
  }

  /// Whether the object may belong to a flush behind the snapshot. What does not, and is not in the snapshot, is a stray.
  mutating func wants(_ key: ObjectKey, _ name: FlushObjectName) -> Bool {
    if named.contains(key) { return false }
    if base.epoch == nil || (name.epoch == base.epoch && name.range.lowerBound >= base.watermark) {
      namedEpoch = name.epoch
      return true
    }
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
    // Where nothing can be followed, there is no epoch that the others could be of another one than.
    let unreached = flushes.filter { (epoch == nil || $0.epoch == epoch) && $0.range.upperBound > watermark }
    report.flushes = way.count
    report.objects = objects.count
    report.watermark = watermark
    report.unreached = unreached.count
    report.strays += found.count - (objects.count - base.objects.count) - unreached.reduce(0) { $0 + $1.partCount }
    return PartitionSnapshot(
      partition: base.partition, generation: generation, commits: base.commits + UInt64(way.count) + 1,
      epoch: epoch ?? lostEpoch(flushes), watermark: watermark,
      head: way.last?.flush ?? base.head ?? beginning(generation),
      windows: windows, gaps: base.gaps, objects: objects,
      letters: letters)
  }

  /// The epoch of a partition whose objects cannot be reached, not even the first: that of the newest.
  ///
  /// With it the partition begins at offset 0 of that epoch and not anew. A log that still reaches there is read again; from
  /// one that begins later a gap is committed; and with another log the partition stands still, and no answer is complete,
  /// until an operator says that the old one is gone (rules 6 and 7).
  private func lostEpoch(_ flushes: [FlushRecord]) -> LogEpoch? {
    flushes.max { $0.newestAppend < $1.newestAppend }?.epoch ?? namedEpoch
  }

  /// What stands for the flushes that cannot be reached, as the parent of the next; nil where there are none.
  private func beginning(_ generation: Generation) -> FlushID? {
    namedEpoch == nil ? nil : FlushID(generation.value)
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
