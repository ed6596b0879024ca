import Domain

/// One `KeyValue` as it lies on the wire: ranges into the message.
struct WireAttribute {
  enum Value {
    case missing
    case string(Range<Int>)
    case int(Int64)
    case double(Double)
    case bool(Bool)
  }

  private(set) var key = 0..<0
  private(set) var value = Value.missing

  @inline(__always)
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    var cursor = WireCursor(range)
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.KeyValue.key: key = try cursor.payload(bytes)
      case IngestorFields.KeyValue.stringValue: value = .string(try cursor.payload(bytes))
      case IngestorFields.KeyValue.intValue: value = .int(Int64(bitPattern: try cursor.varint(bytes)))
      case IngestorFields.KeyValue.doubleValue: value = .double(Double(bitPattern: try cursor.fixed64(bytes)))
      case IngestorFields.KeyValue.boolValue: value = .bool(try cursor.varint(bytes) != 0)
      case let tag: try cursor.skip(tag, bytes)
      }
    }
  }

  /// The rule that the attribute breaks by itself, if any.
  @inline(__always)
  func fault(_ bytes: Span<UInt8>, _ limits: EventLimits) -> EventRejection.Reason? {
    guard !key.isEmpty, key.count <= limits.attributeKeyBytes, WireText.isValid(bytes, key) else {
      return .attributeKeyInvalid
    }
    switch value {
    case .missing: return .malformed
    case .string(let range):
      if range.count > limits.attributeValueBytes { return .attributeValueTooLong }
      return WireText.isValid(bytes, range) ? nil : .invalidText
    case .int, .double, .bool: return nil
    }
  }
}
