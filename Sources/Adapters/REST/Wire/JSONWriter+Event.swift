import Domain

extension JSONWriter {
  /// One item of an answer. Written once an event, so without a dictionary or a `String` of its own.
  mutating func item(_ event: Event) {
    beginObject()
    key("timestamp")
    time(event.key.timestamp)
    key("timestamp_ns")
    integerString(event.key.timestamp.nanoseconds)
    key("service")
    string(event.key.service.text)
    key("level")
    level(event)
    key("severity_number")
    integer(event.severity.number)
    key("message")
    if !string(event.message.span) {
      key("message_base64")
      plainString { Base64.append(event.message.span, .standard, to: &$0) }
    }
    key("trace_id")
    if let id = event.traceID { hexadecimal(id.value.high, id.value.low) } else { null() }
    key("span_id")
    if let id = event.spanID { hexadecimal(id.value) } else { null() }
    key("attributes")
    attributes(event.attributes)
    if !event.resource.isEmpty {
      key("resource")
      attributes(event.resource)
    }
    if let original = event.originalTimestamp {
      key("original_timestamp")
      time(original)
      key("original_timestamp_ns")
      integerString(original.nanoseconds)
    }
    key("order_key")
    orderKey(event.key)
    endObject()
  }

  private mutating func time(_ timestamp: Timestamp) {
    plainString { RFC3339.append(timestamp, to: &$0) }
  }

  /// The sender's word if it gave one, else our name for its number.
  private mutating func level(_ event: Event) {
    if !event.severityText.isEmpty {
      string(event.severityText)
    } else if let level = event.severity.level {
      string(level.rawValue)
    } else {
      null()
    }
  }

  private mutating func hexadecimal(_ values: UInt64...) {
    plainString { bytes in
      for value in values {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
          Hexadecimal.append(UInt8(truncatingIfNeeded: value >> shift), to: &bytes)
        }
      }
    }
  }

  private mutating func orderKey(_ key: OrderKey) {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(168)
    key.append(to: &encoded)
    plainString { Base64.append(encoded.span, .urlSafe, to: &$0) }
  }

  /// An object's names are unique: of attributes with the same key the last one counts, as most readers have it.
  private mutating func attributes(_ attributes: [Attribute]) {
    beginObject()
    for (index, attribute) in attributes.enumerated()
    where !attributes[(index + 1)...].contains(where: { $0.key.utf8.elementsEqual(attribute.key.utf8) }) {
      key(escaping: attribute.key)
      switch attribute.value {
      case .string(let text): string(text)
      case .int(let value): integer(value)
      case .double(let value): double(value)
      case .bool(let value): bool(value)
      }
    }
    endObject()
  }
}
