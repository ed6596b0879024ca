/// Something that broke a rule for good, kept with its reason so that an operator can look at it and replay it.
package struct DeadLetter: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// An encoded record, replayable as it is.
    case record([UInt8])
    /// One event as the sender sent it.
    case event([UInt8])

    package var bytes: [UInt8] {
      switch self {
      case .record(let bytes), .event(let bytes): bytes
      }
    }
  }

  package let id: DeadLetterID
  package let reason: DeadLetterReason
  package let content: Content
  /// When it was found.
  package let time: Timestamp
  /// Nil for what cannot be decoded.
  package let tenant: TenantID?
  /// The flush that wrote it first; nil for an ingestor's. If that flush was lost, a later one names the same letter in its
  /// commit: a letter is published, and replayable, once the index has its id, whichever flush committed it.
  package let flush: FlushID?

  /// Events in it; 1 for what cannot be decoded. Decodes the record.
  package var eventCount: Int {
    switch content {
    case .event: return 1
    case .record(let bytes):
      do throws(DecodingError) { return try EventBatch(EncodedRecord(bytes: bytes)).count } catch { return 1 }
    }
  }

  package init(
    id: DeadLetterID, reason: DeadLetterReason, content: Content, time: Timestamp, tenant: TenantID?, flush: FlushID?
  ) {
    self.id = id
    self.reason = reason
    self.content = content
    self.time = time
    self.tenant = tenant
    self.flush = flush
  }
}
