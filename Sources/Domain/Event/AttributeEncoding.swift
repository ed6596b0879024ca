/// How the attributes of one event are written in records and chunks: one after the other, nothing before or after.
///
///     varint key length, key (UTF-8), type byte, value
///     type 1: varint length, text (UTF-8) · 2: zigzag varint · 3: 8 bytes IEEE 754, little-endian · 4: false · 5: true
///
/// Read without trust: records come from a log that others may write to.
package enum AttributeEncoding {
  package static func append(key: Span<UInt8>, string: Span<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: key)
    bytes.append(1)
    bytes.append(lengthPrefixed: string)
  }

  package static func append(key: Span<UInt8>, int: Int64, to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: key)
    bytes.append(2)
    bytes.append(zigzag: int)
  }

  package static func append(key: Span<UInt8>, double: Double, to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: key)
    bytes.append(3)
    bytes.append(uint64: double.bitPattern)
  }

  package static func append(key: Span<UInt8>, bool: Bool, to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: key)
    bytes.append(bool ? 5 : 4)
  }

  package static func append(_ attribute: Attribute, to bytes: inout [UInt8]) {
    let key = Array(attribute.key.utf8)
    switch attribute.value {
    case .string(let text): append(key: key.span, string: Array(text.utf8).span, to: &bytes)
    case .int(let value): append(key: key.span, int: value, to: &bytes)
    case .double(let value): append(key: key.span, double: value, to: &bytes)
    case .bool(let value): append(key: key.span, bool: value, to: &bytes)
    }
  }

  package static func attributes(_ bytes: Span<UInt8>) throws(DecodingError) -> [Attribute] {
    var cursor = ByteCursor(end: bytes.count)
    var attributes: [Attribute] = []
    while cursor.remaining > 0 {
      let key = try cursor.text(bytes)
      let offset = cursor.offset
      let value: AttributeValue
      switch try cursor.uint8(bytes) {
      case 1: value = .string(try cursor.text(bytes))
      case 2: value = .int(try cursor.zigzag(bytes))
      case 3: value = .double(Double(bitPattern: try cursor.uint64(bytes)))
      case 4: value = .bool(false)
      case 5: value = .bool(true)
      case let type: throw DecodingError(.malformed, at: offset, "an attribute has the type \(type), expected 1 to 5")
      }
      attributes.append(Attribute(key: key, value: value))
    }
    return attributes
  }
}
