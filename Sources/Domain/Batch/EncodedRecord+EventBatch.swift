extension EncodedRecord {
  /// Encodes a batch, once, as the log will hold it: `FORMAT.md` in this folder.
  package init(_ header: BatchHeader, _ events: EventColumns) {
    var variable: [UInt8] = []
    variable.append(lengthPrefixed: header.stream.tenant.text)
    variable.append(lengthPrefixed: header.stream.service.text)
    variable.append(lengthPrefixed: header.traceParent)
    variable.append(lengthPrefixed: events.resource.span)
    variable.append(varint: UInt64(events.severityTextTable.count))
    for text in events.severityTextTable { variable.append(lengthPrefixed: text.span) }
    let fixed = EventBatchFixedHeader(header, events, variableBytes: variable.count)

    var bytes: [UInt8] = []
    bytes.reserveCapacity(128 + variable.count + events.count * 52 + events.messages.count + events.attributes.count)
    bytes.append(uint64: 0)  // the envelope, which `init(sealing:)` fills in
    fixed.append(to: &bytes)
    bytes.append(contentsOf: variable)
    bytes.append(column: events.timestamps)
    bytes.append(column: events.messageEnds)
    bytes.append(column: events.attributeEnds)
    bytes.append(column: events.severityTexts)
    bytes.append(column: events.severities)
    bytes.append(column: events.flags)
    if fixed.columns & EventBatchFixedHeader.Column.indexes != 0 { bytes.append(column: events.indexes) }
    for trace in events.traceIDs {
      bytes.append(uint64: trace.high)
      bytes.append(uint64: trace.low)
    }
    bytes.append(column: events.spanIDs)
    bytes.append(column: events.originals)
    bytes.append(contentsOf: events.messages)
    bytes.append(contentsOf: events.attributes)
    self.init(sealing: bytes)
  }
}
