import Domain

/// The state of a partition's owner, as a plain state machine: which offsets are committed, in a flush, open, unread; which
/// sequences were seen. No I/O and no clock: the same records give the same state (DESIGN section 4, rules 4 and 5).
///
///     unread --take--> open --beginFlush--> flushing --committed--> committed
///
/// A lost race ends the ledger: a new one is made from the index. At most one flush is under way.
struct PartitionLedger: Sendable {
  /// What became of a record.
  enum Judgement: Hashable, Sendable { case taken, duplicate, refused }

  let partition: PartitionID
  let generation: Generation
  let epoch: LogEpoch
  let gaps: [Gap]
  /// The newest committed flush; nil before the first.
  private(set) var head: FlushID?
  /// Everything below is committed.
  private(set) var watermark: UInt64
  private(set) var open: OpenRecords
  private(set) var flushing: (id: FlushID, records: OpenRecords)?
  private var windows: PartitionWindows

  init(partition: PartitionID, generation: Generation, epoch: LogEpoch, state: PartitionState) {
    self.partition = partition
    self.generation = generation
    self.epoch = epoch
    gaps = state.gaps
    head = state.head
    watermark = state.watermark
    open = OpenRecords(from: state.watermark)
    windows = PartitionWindows(state.windows)
  }

  /// The next offset to read.
  var position: UInt64 { open.end }

  /// Bytes held in memory, those of a flush under way included.
  var heldBytes: Int { open.bytes + (flushing?.records.bytes ?? 0) }

  /// Takes the record at `position`.
  mutating func take(_ record: LogRecord) -> Judgement {
    precondition(record.offset == position, "offset \(record.offset) taken where \(position) was next")
    open.cover(record)
    let batch: EventBatch
    do throws(DecodingError) { batch = try EventBatch(record.record) } catch {
      let bytes = record.record.bytes
      let id = DeadLetterID.bytes(checksum: CRC32C.checksum(bytes.span), count: bytes.count)
      open.add(
        OpenRecords.Letter(id: id, reason: .undecodable, record: bytes, time: record.appended, tenant: nil))
      return .refused
    }
    switch windows.judge(batch.header, appended: record.appended) {
    case .taken:
      open.add(batch, at: record.offset)
      return .taken
    case .duplicate: return .duplicate
    case .conflict: return refuse(batch, .sequenceConflict, record)
    case .behindWindow: return refuse(batch, .behindWindow, record)
    case .expired: return refuse(batch, .producerExpired, record)
    }
  }

  private mutating func refuse(_ batch: EventBatch, _ reason: DeadLetterReason, _ record: LogRecord) -> Judgement {
    let header = batch.header
    let key = WindowKey(producer: header.producer, stream: header.stream)
    open.add(
      OpenRecords.Letter(
        id: .batch(key, sequence: header.sequence, digest: header.digest, index: nil), reason: reason,
        record: record.record.bytes, time: record.appended, tenant: header.stream.tenant))
    return .refused
  }

  /// Cuts what is open into a flush; nil if nothing is open.
  ///
  /// - Precondition: No flush is under way.
  mutating func beginFlush(_ id: FlushID) -> PlannedFlush? {
    precondition(flushing == nil, "a flush began while another was under way")
    guard !open.isEmpty else { return nil }
    let records = open
    flushing = (id, records)
    open = OpenRecords(from: records.end)
    defer { windows.dropExpired(at: records.newestAppend) }
    return PlannedFlush(
      id: id, parent: head, partition: partition, generation: generation, epoch: epoch, records: records,
      windows: windows.cutChanges())
  }

  /// The flush under way is in the index.
  mutating func committed() {
    guard let flushing else { preconditionFailure("a flush was committed that never began") }
    head = flushing.id
    watermark = flushing.records.end
    self.flushing = nil
  }

  /// Lets go of what is open, unread and unjudged no more: for an owner that cannot flush. What is forgotten is in the log
  /// still, and counts as committed here, so that answers say where they begin.
  ///
  /// - Precondition: No flush is under way.
  mutating func forgetOpen() {
    precondition(flushing == nil, "records were forgotten while a flush was under way")
    watermark = open.end
    open = OpenRecords(from: open.end)
  }

  /// What is not committed, in the order of offsets.
  var recentBatches: [RecentAnswer.Batch] { (flushing?.records.batches ?? []) + open.batches }
}
