/// A batch as its record holds it: one arena of bytes, read in place. Decoding allocates nothing per event.
///
/// `FORMAT.md` in this folder has the layout. Rows are the events that were taken, in the order in which they were sent.
package struct EventBatch: Sendable {
  package let header: BatchHeader
  package let count: Int
  /// The whole record, envelope included; ranges below are into it.
  package let bytes: [UInt8]
  /// Resource attributes, encoded as `AttributeEncoding` says.
  package let resourceRange: Range<Int>
  /// The sender's words for levels; rows point into it.
  package let severityTexts: [String]
  /// Times of the earliest and the latest event; nil without events.
  package let timeSpan: ClosedRange<Timestamp>?
  let layout: EventBatchLayout

  /// - Throws: If the envelope or the columns are not as `FORMAT.md` says.
  package init(_ record: EncodedRecord) throws(DecodingError) {
    try record.check()
    bytes = record.bytes
    let span = record.bytes.span
    var cursor = ByteCursor(at: EncodedRecord.envelopeBytes, end: span.count)
    let fixed = try EventBatchFixedHeader(span, at: &cursor)
    let variableEnd = cursor.offset + Int(fixed.variableBytes)
    guard variableEnd <= span.count else {
      throw DecodingError(.truncated, at: cursor.offset, "a record's header of \(fixed.variableBytes) bytes is cut off")
    }
    var variable = ByteCursor(at: cursor.offset, end: variableEnd)
    header = try BatchHeader(fixed, span, at: &variable)
    resourceRange = try variable.lengthPrefixed(span)
    let textCount = try variable.count(span, ofAtLeast: 1)
    var texts: [String] = []
    for _ in 0..<textCount { texts.append(try variable.text(span)) }
    severityTexts = texts
    layout = try EventBatchLayout(fixed, columnsAt: variableEnd, total: span.count)
    count = Int(fixed.count)
    timeSpan = try layout.check(span, count: count, severityTexts: texts.count)
  }

  package func timestamp(at row: Int) -> Timestamp {
    Timestamp(nanoseconds: bytes.span.int64(at: layout.timestamps + row * 8))
  }

  package func severityNumber(at row: Int) -> UInt8 { bytes.span[layout.severities + row] }

  package func severityText(at row: Int) -> String { severityTexts[severityTextIndex(at: row)] }

  package func severityTextIndex(at row: Int) -> Int { Int(bytes.span.uint16(at: layout.severityTexts + row * 2)) }

  package func flags(at row: Int) -> UInt8 { bytes.span[layout.flags + row] }

  /// Position of the event in the batch as sent.
  package func index(at row: Int) -> UInt32 {
    layout.indexes.map { bytes.span.uint32(at: $0 + row * 4) } ?? UInt32(row)
  }

  package func messageRange(at row: Int) -> Range<Int> { layout.messageRange(bytes.span, row) }

  package func attributesRange(at row: Int) -> Range<Int> { layout.attributesRange(bytes.span, row) }

  /// Nil where the event has none.
  package func traceID(at row: Int) -> TraceID? {
    guard let column = layout.traceIDs, flags(at: row) & EventColumns.Flag.trace != 0 else { return nil }
    let span = bytes.span
    return TraceID(Identifier128(high: span.uint64(at: column + row * 16), low: span.uint64(at: column + row * 16 + 8)))
  }

  package func spanID(at row: Int) -> SpanID? {
    guard let column = layout.spanIDs, flags(at: row) & EventColumns.Flag.span != 0 else { return nil }
    return SpanID(bytes.span.uint64(at: column + row * 8))
  }

  package func originalTimestamp(at row: Int) -> Timestamp? {
    guard let column = layout.originals, flags(at: row) & EventColumns.Flag.original != 0 else { return nil }
    return Timestamp(nanoseconds: bytes.span.int64(at: column + row * 8))
  }

  package func key(at row: Int) -> OrderKey {
    OrderKey(
      timestamp: timestamp(at: row), service: header.stream.service, producer: header.producer,
      sequence: header.sequence, index: index(at: row))
  }

  /// The whole event, for an answer.
  ///
  /// - Throws: If its attributes cannot be read.
  package func event(at row: Int) throws(DecodingError) -> Event {
    let span = bytes.span
    return Event(
      key: key(at: row), severity: Severity(trusted: severityNumber(at: row)), severityText: severityText(at: row),
      message: [UInt8](span.extracting(messageRange(at: row))), traceID: traceID(at: row), spanID: spanID(at: row),
      attributes: try AttributeEncoding.attributes(span.extracting(attributesRange(at: row))),
      resource: try AttributeEncoding.attributes(span.extracting(resourceRange)),
      originalTimestamp: originalTimestamp(at: row))
  }
}
