import Domain

/// A flush that is cut and has to be written.
struct PlannedFlush: Sendable {
  let id: FlushID
  let parent: FlushID?
  let partition: PartitionID
  let generation: Generation
  let epoch: LogEpoch
  let records: OpenRecords
  let windows: [WindowChange]

  var range: Range<UInt64> { records.from..<records.end }

  /// Its letters, each once, published when the flush is committed.
  var letters: [DeadLetter] {
    var seen: Set<DeadLetterID> = []
    return records.letters.compactMap { letter in
      guard seen.insert(letter.id).inserted else { return nil }
      return DeadLetter(
        id: letter.id, reason: letter.reason, content: .record(letter.record), time: letter.time,
        tenant: letter.tenant, flush: id)
    }
  }

  func encodable<Codec, Digest>(for _: FlushEncoder<Codec, Digest>) -> FlushEncoder<Codec, Digest>.Flush {
    FlushEncoder<Codec, Digest>.Flush(
      flush: id, parent: parent, partition: partition, epoch: epoch, range: range,
      batches: records.batches.map(\.events), windows: windows, deadLetters: letters.map(\.id),
      newestAppend: records.newestAppend)
  }

  func commit(_ objects: [ObjectDescriptor], begun: Timestamp) -> FlushCommit {
    FlushCommit(
      partition: partition, generation: generation, flush: id, parent: parent, epoch: epoch, range: range,
      objects: objects, windows: windows, deadLetters: letters.map(\.id), begun: begun,
      newestAppend: records.newestAppend)
  }
}
