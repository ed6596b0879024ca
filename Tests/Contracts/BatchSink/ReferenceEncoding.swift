import Application
import Domain

/// A wire for `ReferenceSink`: the record format of the log, with the two things that it lacks in its variable fields.
enum ReferenceEncoding {
  static func encode(_ batch: OutgoingBatch) -> [UInt8] {
    var digest = CRC32C()
    digest.update(batch.events.messages.span)
    let header = BatchHeader(
      stream: batch.stream, producer: batch.producer, sequence: batch.sequence, digest: digest.value,
      placement: batch.placement, firstSent: .epoch, received: .epoch, traceParent: batch.traceParent)
    return EncodedRecord(header, batch.events).bytes + [batch.acceptsAnyAge ? 1 : 0]
  }

  static func decode(_ content: [UInt8], _ tenant: TenantID, age: Duration) -> BatchSubmission? {
    guard let record = try? EventBatch(EncodedRecord(bytes: Array(content.dropLast()))) else { return nil }
    let header = record.header
    return BatchSubmission(
      stream: StreamID(tenant: tenant, service: header.stream.service), producer: header.producer,
      sequence: header.sequence, digest: header.digest,
      placement: header.placement, age: age, acceptsAnyAge: content.last == 1, traceParent: header.traceParent,
      events: columns(record), rejections: [], wireBytes: content.count)
  }

  private static func columns(_ batch: EventBatch) -> EventColumns {
    let span = batch.bytes.span
    var columns = EventColumns()
    columns.resource = [UInt8](span.extracting(batch.resourceRange))
    for row in 0..<batch.count {
      for attribute in (try? AttributeEncoding.attributes(span.extracting(batch.attributesRange(at: row)))) ?? [] {
        let key = Array(attribute.key.utf8)
        switch attribute.value {
        case .string(let text):
          let bytes = Array(text.utf8)
          columns.appendAttribute(key: key.span, string: bytes.span)
        case .int(let value): columns.appendAttribute(key: key.span, int: value)
        case .double(let value): columns.appendAttribute(key: key.span, double: value)
        case .bool(let value): columns.appendAttribute(key: key.span, bool: value)
        }
      }
      let text = Array(batch.severityText(at: row).utf8)
      columns.endEvent(
        timestamp: batch.timestamp(at: row),
        severity: Severity(number: Int(batch.severityNumber(at: row))) ?? .unspecified,
        severityText: text.span, message: span.extracting(batch.messageRange(at: row)), traceID: batch.traceID(at: row),
        spanID: batch.spanID(at: row), index: batch.index(at: row))
    }
    return columns
  }
}
