extension EventColumns {
  /// The events of a record as columns again, to encode them under another header: times, original times, indexes and all
  /// else as they are.
  package init(_ batch: EventBatch) {
    self.init(reservingEvents: batch.count, bytes: batch.bytes.count)
    let bytes = batch.bytes.span
    resource = [UInt8](bytes.extracting(batch.resourceRange))
    let texts = batch.severityTexts.map { Array($0.utf8) }
    for row in 0..<batch.count {
      let text = texts[batch.severityTextIndex(at: row)]
      appendAttributes(encoded: bytes.extracting(batch.attributesRange(at: row)))
      let original = batch.originalTimestamp(at: row)
      endEvent(
        timestamp: original ?? batch.timestamp(at: row), severity: Severity(trusted: batch.severityNumber(at: row)),
        severityText: text.span,
        message: bytes.extracting(batch.messageRange(at: row)), traceID: batch.traceID(at: row),
        spanID: batch.spanID(at: row), index: batch.index(at: row))
      if original != nil { replaceTimestamp(at: row, with: batch.timestamp(at: row)) }
    }
  }
}
