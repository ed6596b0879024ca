import Domain

/// Makes of what was cut what is sent: batches with sequences, each a trace of its own, encoded.
struct BatchPacking {
  let tenant: TenantID
  let producer: ProducerID
  let placement: UInt32
  /// Whether the server should take events however old they are.
  let acceptsAnyAge: Bool
  var terms: IngestTerms
  let sink: any BatchSink
  private let identifiers: any Identifiers
  /// Of each stream that the producer has had a batch of.
  private(set) var nextSequences: [StreamID: UInt64]

  init(
    tenant: TenantID, producer: ProducerID, placement: UInt32, acceptsAnyAge: Bool, terms: IngestTerms,
    sink: any BatchSink, identifiers: any Identifiers, nextSequences: [StreamID: UInt64] = [:]
  ) {
    self.tenant = tenant
    self.producer = producer
    self.placement = placement
    self.acceptsAnyAge = acceptsAnyAge
    self.terms = terms
    self.sink = sink
    self.identifiers = identifiers
    self.nextSequences = nextSequences
  }

  /// - Parameter time: When the batches are first sent, or earlier.
  mutating func pack(_ batches: [CutBatch], at time: Timestamp) throws(DeliveryStop) -> [JournaledBatch] {
    var packed: [JournaledBatch] = []
    for batch in batches { packed.append(try pack(batch, at: time)) }
    return packed
  }

  private mutating func pack(_ batch: CutBatch, at time: Timestamp) throws(DeliveryStop) -> JournaledBatch {
    let stream = StreamID(tenant: tenant, service: batch.service)
    let sequence = nextSequences[stream, default: 0]
    nextSequences[stream] = sequence + 1
    let content = sink.encode(
      OutgoingBatch(
        stream: stream, producer: producer, sequence: sequence, placement: placement, acceptsAnyAge: acceptsAnyAge,
        traceParent: traceParent(), events: batch.events))
    let limit = batch.events.count == 1 ? terms.maximumSingleEventBatchBytes : terms.maximumBatchBytes
    // The cutter leaves room for any encoding of ours; a server with far smaller limits may still be too narrow.
    guard content.count <= limit else {
      throw DeliveryStop(.rejected(reason: "a batch takes \(content.count) bytes encoded, the server takes \(limit)"))
    }
    return JournaledBatch(
      stream: stream, sequence: sequence, eventCount: batch.events.count, content: content, firstSent: time)
  }

  /// Of a sending, which is the first span of a trace. Part of what is encoded, so that it is the same however often the
  /// batch is sent. Nobody records the span, and so it is not sampled.
  private func traceParent() -> String {
    // Random bits that are all zero are no id; a batch needs none.
    guard let trace = TraceID(identifiers.next()), let span = SpanID(identifiers.next().low) else { return "" }
    return TraceParent(trace: trace, span: span, isSampled: false).description
  }
}
