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
      events: EventColumns(record), rejections: [], wireBytes: content.count)
  }
}
