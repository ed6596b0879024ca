extension BatchHeader {
  /// Reads the header of a record alone: neither its checksum nor its columns are looked at.
  package init(of record: EncodedRecord) throws(DecodingError) {
    let span = record.bytes.span
    guard span.count >= EncodedRecord.envelopeBytes else {
      throw DecodingError(.truncated, at: 0, "a record has \(span.count) bytes, its envelope alone has 8")
    }
    var cursor = ByteCursor(at: EncodedRecord.envelopeBytes, end: span.count)
    let fixed = try EventBatchFixedHeader(span, at: &cursor)
    try self.init(fixed, span, at: &cursor)
  }

  /// Reads what follows the fixed header.
  init(_ fixed: EventBatchFixedHeader, _ span: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    let tenant = try TenantID(span, at: &cursor)
    let service = try ServiceName(span, at: &cursor)
    self.init(
      stream: StreamID(tenant: tenant, service: service), producer: fixed.producer, sequence: fixed.sequence,
      digest: fixed.digest, placement: fixed.placement, firstSent: fixed.firstSent, received: fixed.received,
      traceParent: try cursor.text(span))
  }
}
