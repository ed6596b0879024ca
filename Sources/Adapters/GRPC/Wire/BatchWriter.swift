import Application
import Domain

/// Writes a `Batch` from columns: what an agent journals and sends.
///
/// The same batch always gives the same bytes: fields by rising number, defaults left out. Sizes are computed before
/// anything is written, so each byte is written once.
enum BatchWriter {
  static func encode(_ batch: OutgoingBatch) -> [UInt8] {
    let events = batch.events
    var bytes: [UInt8] = []
    // Besides messages and attributes an event takes up to 61 bytes, an attribute up to 8 more than in the columns.
    bytes.reserveCapacity(256 + events.count * 61 + events.messages.count + events.attributes.count * 2)
    bytes.append(tag: IngestorFields.Batch.producerID, identifier: batch.producer.value)
    bytes.append(tag: IngestorFields.Batch.sequence, nonZero: batch.sequence)
    bytes.append(tag: IngestorFields.Batch.service, text: batch.stream.service.text)
    bytes.append(tag: IngestorFields.Batch.placementVersion, nonZero: batch.placement)
    if batch.acceptsAnyAge { bytes.append(tag: IngestorFields.Batch.acceptsAnyAge, varint: 1) }
    bytes.append(tag: IngestorFields.Batch.traceparent, nonEmpty: batch.traceParent)
    let resource = events.resource.span
    AttributeWriter.write(resource, 0..<resource.count, tag: IngestorFields.Batch.resourceAttributes, to: &bytes)
    append(events, to: &bytes)
    return bytes
  }

  private static func append(_ events: EventColumns, to bytes: inout [UInt8]) {
    let messages = events.messages.span
    let attributes = events.attributes.span
    var messageStart = 0
    var attributeStart = 0
    for row in 0..<events.count {
      let messageEnd = Int(events.messageEnds[row])
      let attributeEnd = Int(events.attributeEnds[row])
      append(
        events, row, messages.extracting(messageStart..<messageEnd), attributes, attributeStart..<attributeEnd,
        to: &bytes)
      messageStart = messageEnd
      attributeStart = attributeEnd
    }
  }

  @inline(__always)
  private static func append(
    _ events: EventColumns, _ row: Int, _ message: Span<UInt8>, _ attributes: Span<UInt8>, _ range: Range<Int>,
    to bytes: inout [UInt8]
  ) {
    let time = events.timestamps[row]
    let severity = events.severities[row]
    let textIndex = Int(events.severityTexts[row])
    let text = events.severityTextTable[textIndex]
    let flags = events.flags[row]
    let hasTrace = flags & EventColumns.Flag.trace != 0
    let hasSpan = flags & EventColumns.Flag.span != 0

    var size = AttributeWriter.size(attributes, range)
    if time != 0 { size += 9 }
    if severity != 0 { size += 2 }
    if !text.isEmpty { size += WireSize.field(text.count) }
    if !message.isEmpty { size += WireSize.field(message.count) }
    if hasTrace { size += 18 }
    if hasSpan { size += 10 }

    bytes.append(tag: IngestorFields.Batch.events, varint: UInt64(size))
    if time != 0 { bytes.append(tag: IngestorFields.Event.timeUnixNano, fixed64: UInt64(bitPattern: time)) }
    if severity != 0 { bytes.append(tag: IngestorFields.Event.severityNumber, varint: UInt64(severity)) }
    if !text.isEmpty {
      bytes.append(tag: IngestorFields.Event.severityText, bytes: text.span)
    }
    if !message.isEmpty { bytes.append(tag: IngestorFields.Event.message, bytes: message) }
    if hasTrace {
      bytes.append(tag: IngestorFields.Event.traceID, varint: 16)
      bytes.append(uint64: events.traceIDs[row].high.byteSwapped)
      bytes.append(uint64: events.traceIDs[row].low.byteSwapped)
    }
    if hasSpan {
      bytes.append(tag: IngestorFields.Event.spanID, varint: 8)
      bytes.append(uint64: events.spanIDs[row].byteSwapped)
    }
    AttributeWriter.write(attributes, range, tag: IngestorFields.Event.attributes, to: &bytes)
  }
}
