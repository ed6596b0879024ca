import Domain

extension BatchWalker {
  /// Reads one `Event` payload into the columns, or, if it breaks a rule, into the rejections.
  ///
  /// - Throws: If the bytes are no protobuf; an event that only breaks a rule throws nothing.
  mutating func walk(event range: Range<Int>, of bytes: Span<UInt8>, index: UInt32) throws(DecodingError) {
    var cursor = WireCursor(range)
    var time: Int64 = 0
    var severity: UInt32 = 0
    var severityText = 0..<0
    var message = 0..<0
    var traceID = 0..<0
    var spanID = 0..<0
    var fault: EventRejection.Reason?
    keys.removeAll()
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.Event.timeUnixNano: time = Int64(bitPattern: try cursor.fixed64(bytes))
      case IngestorFields.Event.severityNumber: severity = UInt32(truncatingIfNeeded: try cursor.varint(bytes))
      case IngestorFields.Event.severityText: severityText = try cursor.payload(bytes)
      case IngestorFields.Event.message: message = try cursor.payload(bytes)
      case IngestorFields.Event.traceID: traceID = try cursor.payload(bytes)
      case IngestorFields.Event.spanID: spanID = try cursor.payload(bytes)
      case IngestorFields.Event.attributes:
        let attribute = try WireAttribute(bytes, try cursor.payload(bytes))
        // An event that is refused is still read to its end: it may turn out to be no protobuf at all.
        if fault == nil { fault = append(attribute, of: bytes) }
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    if message.count > limits.messageBytes { fault = fault ?? .messageTooLong }
    if severityText.count > limits.severityTextBytes || !WireText.isValid(bytes, severityText) {
      fault = fault ?? .invalidText
    }
    if !traceID.isEmpty, traceID.count != 16 { fault = fault ?? .invalidTraceID }
    if !spanID.isEmpty, spanID.count != 8 { fault = fault ?? .invalidSpanID }
    guard let number = Severity(number: Int(severity)) else {
      reject(range, of: bytes, index: index, fault ?? .invalidSeverity)
      return
    }
    if let fault {
      reject(range, of: bytes, index: index, fault)
      return
    }
    columns.endEvent(
      timestamp: Timestamp(nanoseconds: time), severity: number, severityText: bytes.extracting(severityText),
      message: bytes.extracting(message), traceID: Self.traceID(bytes, traceID), spanID: Self.spanID(bytes, spanID),
      index: index)
  }

  @inline(__always)
  private mutating func append(_ attribute: WireAttribute, of bytes: Span<UInt8>) -> EventRejection.Reason? {
    if let fault = attribute.fault(bytes, limits) { return fault }
    if keys.count == limits.attributes { return .tooManyAttributes }
    if !keys.insert(attribute.key, of: bytes) { return .duplicateAttribute }
    let key = bytes.extracting(attribute.key)
    switch attribute.value {
    case .missing: return .malformed
    case .string(let text): columns.appendAttribute(key: key, string: bytes.extracting(text))
    case .int(let value): columns.appendAttribute(key: key, int: value)
    case .double(let value): columns.appendAttribute(key: key, double: value)
    case .bool(let value): columns.appendAttribute(key: key, bool: value)
    }
    return nil
  }

  @inline(never)
  private mutating func reject(
    _ range: Range<Int>, of bytes: Span<UInt8>, index: UInt32, _ reason: EventRejection.Reason
  ) {
    columns.dropEvent()
    rejections.append(EventRejection(index: index, reason: reason, content: [UInt8](bytes.extracting(range))))
  }

  @inline(__always)
  private static func traceID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> TraceID? {
    guard !range.isEmpty else { return nil }
    return TraceID(
      Identifier128(
        high: bytes.uint64(at: range.lowerBound).byteSwapped, low: bytes.uint64(at: range.lowerBound + 8).byteSwapped))
  }

  @inline(__always)
  private static func spanID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> SpanID? {
    range.isEmpty ? nil : SpanID(bytes.uint64(at: range.lowerBound).byteSwapped)
  }
}
