import Domain

/// Makes of what was cut what the journal keeps: batches with sequences, encoded.
struct JournalPacking {
  let source: SourceID
  let tenant: TenantID
  let producer: ProducerID
  let placement: UInt32
  let terms: IngestTerms
  let sink: any BatchSink
  /// Of each stream that the journal has had a batch of.
  private(set) var nextSequences: [StreamID: UInt64]

  init(
    source: SourceID, tenant: TenantID, producer: ProducerID, placement: UInt32, terms: IngestTerms,
    sink: any BatchSink, nextSequences: [StreamID: UInt64]
  ) {
    self.source = source
    self.tenant = tenant
    self.producer = producer
    self.placement = placement
    self.terms = terms
    self.sink = sink
    self.nextSequences = nextSequences
  }

  /// - Parameter time: When the batches are first sent, or earlier.
  mutating func pack(_ entry: CutEntry, at time: Timestamp) throws(ImportStop) -> JournalEntry {
    var batches: [JournaledBatch] = []
    for batch in entry.batches { batches.append(try pack(batch, at: time)) }
    return JournalEntry(source: source, end: entry.end, batches: batches)
  }

  private mutating func pack(_ batch: CutEntry.Batch, at time: Timestamp) throws(ImportStop) -> JournaledBatch {
    let stream = StreamID(tenant: tenant, service: batch.service)
    let sequence = nextSequences[stream, default: 0]
    nextSequences[stream] = sequence + 1
    let content = sink.encode(
      OutgoingBatch(
        stream: stream, producer: producer, sequence: sequence, placement: placement, acceptsAnyAge: true,
        traceParent: "", events: batch.events))
    let limit = batch.events.count == 1 ? terms.maximumSingleEventBatchBytes : terms.maximumBatchBytes
    // The cutter leaves room for any encoding of ours; a server with far smaller limits may still be too narrow.
    guard content.count <= limit else {
      throw ImportStop(.rejected(reason: "a batch takes \(content.count) bytes encoded, the server takes \(limit)"))
    }
    return JournaledBatch(
      stream: stream, sequence: sequence, eventCount: batch.events.count, content: content, firstSent: time)
  }
}
