import Domain

/// What a letter holds, ready to be sent again.
struct ReplayContent: Sendable {
  let stream: StreamID
  /// Of the events as they were first sent.
  let digest: UInt32
  let traceParent: String
  let events: EventColumns
  /// The one event of an event letter, if it still breaks a rule.
  let rejections: [EventRejection]
  let keepsTimes: Bool

  /// - Throws: If a record cannot be decoded.
  init(_ letter: DeadLetter, _ decoding: any EventDecoding, _ limits: EventLimits) throws(DecodingError) {
    switch letter.content {
    case .record(let bytes):
      let batch = try EventBatch(EncodedRecord(bytes: bytes))
      stream = batch.header.stream
      digest = batch.header.digest
      traceParent = batch.header.traceParent
      events = EventColumns(batch)
      rejections = []
      keepsTimes = true
    case .event(let bytes):
      guard case .batch(let key, _, _, _) = letter.id else {
        throw DecodingError(.malformed, at: 0, "an event without the stream it belongs to")
      }
      var sum = CRC32C()
      sum.update(length: bytes.count)
      sum.update(bytes.span)
      stream = key.stream
      digest = sum.value
      traceParent = ""
      switch decoding.decode(bytes, limits: limits) {
      case .event(let columns):
        events = columns
        rejections = []
      case .rejected(let reason):
        events = EventColumns()
        rejections = [EventRejection(index: 0, reason: reason, content: bytes)]
      }
      // An event without a time gets that of its receipt.
      keepsTimes = events.timestamps.first.map { $0 != 0 } ?? true
    }
  }

  /// - Parameter age: Since the first replay.
  func submission(
    as producer: ProducerID, placement: UInt32, age: Duration, bytes: Int
  ) -> BatchSubmission {
    BatchSubmission(
      stream: stream, producer: producer, sequence: 0, digest: digest, placement: placement, age: age,
      acceptsAnyAge: keepsTimes, traceParent: traceParent, events: events, rejections: rejections, wireBytes: bytes,
      isReplay: true)
  }
}
