@testable import Application
import Domain

/// Owners of the partition: one of the two is a zombie.
extension DeliverySimulation {
  mutating func step(_ number: Int) {
    if let gap = owners[number].gap {
      owners[number].gap = nil
      return commit(gap)
    }
    guard var ledger = owners[number].ledger else { return takeOver(number) }
    if let planned = owners[number].planned {
      if random.below(100) < 60 {
        if owners[number].toPut.isEmpty { return commit(planned, number) }
        return put(number)
      }
      if isCutOff(ledger) { return }
    }
    if isWhole, ledger.generation != index.generation, random.below(100) < 30 {
      owners[number] = Owner()
      return
    }
    if isCutOff(ledger) {
      // What is in hand comes first; then the gap, or the operator.
      guard !ledger.open.isEmpty, !ledger.isProvisional else { return owners[number] = Owner() }
      beginFlush(&ledger, number)
    } else if Int(ledger.position) < log.count, random.below(100) < appetites[number] {
      _ = ledger.take(log[Int(ledger.position)])
    } else if owners[number].planned == nil, !ledger.isProvisional {
      beginFlush(&ledger, number)
    }
    owners[number].ledger = ledger
  }

  /// Whether the log does not have what is next.
  private func isCutOff(_ ledger: PartitionLedger) -> Bool {
    ledger.position < UInt64(logStart) || ledger.epoch != epoch && broken != .epochUnchecked
  }

  mutating func beginFlush(_ ledger: inout PartitionLedger, _ number: Int) {
    flushes += 1
    owners[number].planned = ledger.beginFlush(FlushID(Self.id(1, flushes)))
    owners[number].toPut = owners[number].planned.map { objects(of: $0) } ?? []
    owners[number].ledger = ledger
  }

  mutating func takeOver(_ number: Int) {
    let indexed = PartitionState(index)
    guard isWhole else {
      owners[number].ledger = .provisional(of: Self.partition, bounds, left: indexed)
      return
    }
    if let known = indexed.epoch, known != epoch, broken != .epochUnchecked { return }
    guard indexed.watermark <= bounds.end else { return }
    if indexed.watermark < bounds.start {
      owners[number].gap = gap(behind: indexed)
      return
    }
    if indexed.standsOnGap, !isGapSaved, broken != .flushBehindUnsavedGap {
      replicate()
      return copyIndex()
    }
    owners[number].ledger = PartitionLedger(
      partition: Self.partition, generation: index.generation, epoch: indexed.epoch ?? epoch,
      state: PartitionState(
        epoch: indexed.epoch, watermark: indexed.watermark, head: indexed.head,
        windows: broken == .forgetWindows ? [:] : indexed.windows, gaps: indexed.gaps))
  }

  private mutating func gap(behind state: PartitionState) -> GapCommit {
    flushes += 1
    let behind = logStart < log.count ? log[logStart].appended : now
    return GapCommit(
      partition: Self.partition, generation: index.generation, flush: FlushID(Self.id(2, flushes)), parent: state.head,
      losing: Gap(
        epoch: state.epoch ?? epoch, from: state.watermark, end: UInt64(logStart), times: state.times(until: behind)))
  }

  mutating func commit(_ gap: GapCommit) {
    let refusal = gap.refusal(
      generation: isWhole ? index.generation : nil, epoch: index.epoch, watermark: index.watermark, head: index.head)
    guard isWhole, refusal == nil || broken == .commitWithoutComparing else { return }
    let isNewEpoch = gap.nextEpoch != gap.gap.epoch
    let isUnsaid = broken == .lossUnsaid && !isNewEpoch || broken == .epochWithoutGap && isNewEpoch
    gapCommits += 1
    change(
      to: PartitionSnapshot(
        partition: Self.partition, generation: index.generation, commits: index.commits + 1, epoch: gap.nextEpoch,
        watermark: gap.nextWatermark, head: gap.flush,
        windows: broken == .epochForgetsWindows && isNewEpoch ? [:] : index.windows,
        gaps: isUnsaid ? index.gaps : index.gaps + [gap.gap], objects: index.objects, letters: index.letters))
  }

  mutating func put(_ number: Int) {
    let (key, object) = owners[number].toPut.removeFirst()
    store[key] = object
  }

  mutating func commit(_ planned: PlannedFlush, _ number: Int) {
    owners[number].planned = nil
    let refusal = planned.commit([], begun: now).refusal(
      generation: isWhole ? index.generation : nil, epoch: index.epoch, watermark: index.watermark, head: index.head,
      now: now)
    guard isWhole, refusal == nil || broken == .commitWithoutComparing else {
      owners[number] = Owner()
      return
    }
    var windows = index.windows
    PartitionWindows.fold(planned.windows, into: &windows, newestAppend: planned.records.newestAppend)
    let parts = objects(of: planned).map { key, object in
      ObjectDescriptor(
        key: key, flush: planned.id, size: object.found.size, sha256: nil, formatVersion: 1, codec: "plain", chunks: [])
    }
    let letters =
      planned.letters.isEmpty
      ? []
      : [
        PartitionSnapshot.Letters(flush: planned.id, ids: planned.letters.map(\.id))
      ]
    change(
      to: PartitionSnapshot(
        partition: Self.partition, generation: index.generation, commits: index.commits + 1, epoch: planned.epoch,
        watermark: planned.range.upperBound, head: planned.id, windows: windows, gaps: index.gaps,
        objects: index.objects + parts, letters: index.letters + letters))
    owners[number].ledger?.committed()
  }

  private mutating func change(to next: PartitionSnapshot) {
    history.append(index)
    index = next
  }

  /// An object a stream, one at least; part 0 has the record of the flush, the others name it.
  private func objects(of planned: PlannedFlush) -> [(key: ObjectKey, object: StoredObject)] {
    var messages: [StreamID: [String]] = [:]
    for batch in planned.records.batches {
      messages[batch.events.header.stream, default: []] += Self.messages(batch.events)
    }
    let streams = messages.keys.sorted()
    let keys = (0..<max(1, streams.count)).compactMap { ObjectKey("flush/\(planned.id)-\($0).cwd") }
    return keys.enumerated().map { part, key in
      let record = FlushRecord(
        flush: planned.id, parent: planned.parent, partition: planned.partition, epoch: planned.epoch,
        range: planned.range, partCount: keys.count, parts: part == 0 ? keys : [keys[0]],
        windows: part == 0 ? planned.windows : [], deadLetters: part == 0 ? planned.letters.map(\.id) : [],
        newestAppend: planned.records.newestAppend)
      let footer = ObjectFooter(codec: "plain", chunks: [], record: record)
      return (
        key,
        StoredObject(
          found: .init(footer: footer, size: 1), messages: streams.isEmpty ? [] : messages[streams[part]] ?? [])
      )
    }
  }

  static func messages(_ batch: EventBatch) -> [String] {
    (0..<batch.count).map { String(repairing: batch.bytes.span.extracting(batch.messageRange(at: $0))) }
  }

  /// What the index's objects hold; nothing where one is gone.
  var stored: [String] { messages(of: index) }

  func messages(of index: PartitionSnapshot) -> [String] {
    index.objects.flatMap { store[$0.key]?.messages ?? [] }
  }
}
