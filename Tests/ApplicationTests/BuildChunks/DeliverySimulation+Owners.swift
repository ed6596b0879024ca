@testable import Application
import Domain

/// Owners of the partition: one of the two is a zombie.
extension DeliverySimulation {
  mutating func step(_ number: Int) {
    guard var ledger = owners[number].ledger else { return takeOver(number) }
    if let planned = owners[number].planned, random.below(100) < 60 {
      if owners[number].toPut.isEmpty { commit(planned, number) } else { put(number) }
      return
    }
    if Int(ledger.position) < logStart {
      owners[number] = Owner()
      return
    }
    if Int(ledger.position) < log.count, random.below(100) < 75 {
      _ = ledger.take(log[Int(ledger.position)])
    } else if owners[number].planned == nil {
      flushes += 1
      owners[number].planned = ledger.beginFlush(FlushID(Self.id(1, flushes)))
      owners[number].toPut = owners[number].planned.map { objects(of: $0) } ?? []
    }
    owners[number].ledger = ledger
  }

  private mutating func takeOver(_ number: Int) {
    guard isWhole else { return }
    if index.watermark < UInt64(logStart) { return commitGap() }
    if index.gaps.last?.end == index.watermark, broken != .flushBehindUnsavedGap {
      // Nothing is built on a gap that no snapshot holds.
      guard (snapshots.map(\.gaps.count).max() ?? 0) >= index.gaps.count else { return copyIndex() }
    }
    let windows = broken == .forgetWindows ? [:] : index.windows
    owners[number].ledger = PartitionLedger(
      partition: Self.partition, generation: index.generation, epoch: Self.epoch,
      state: PartitionState(
        epoch: index.epoch, watermark: index.watermark, head: index.head, windows: windows, gaps: index.gaps))
  }

  private mutating func commitGap() {
    flushes += 1
    let gap = Gap(epoch: Self.epoch, from: index.watermark, end: UInt64(logStart), times: now...now)
    change(
      to: PartitionSnapshot(
        partition: Self.partition, generation: index.generation, commits: index.commits + 1, epoch: Self.epoch,
        watermark: gap.end, head: FlushID(Self.id(2, flushes)), windows: index.windows, gaps: index.gaps + [gap],
        objects: index.objects, letters: index.letters))
  }

  private mutating func put(_ number: Int) {
    let (key, object) = owners[number].toPut.removeFirst()
    store[key] = object
  }

  private mutating func commit(_ planned: PlannedFlush, _ number: Int) {
    owners[number].planned = nil
    let fits = index.head == planned.parent && index.generation == planned.generation
    guard isWhole, fits || broken == .commitWithoutComparing else {
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
