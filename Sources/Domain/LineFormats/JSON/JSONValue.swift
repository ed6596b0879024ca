/// Where a value lies in a line, and what it is. Objects that are flattened never become one.
enum JSONValue: Sendable {
  case string(JSONText.StringToken)
  case number(JSONText.NumberToken)
  case bool(Bool, Range<Int>)
  /// An object or an array.
  case container(Range<Int>)
  case null

  /// Reads the value at `offset` and leaves `offset` behind it.
  @inline(__always)
  init(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) {
    let start = offset
    switch offset < bytes.count ? bytes[offset] : 0 {
    case UInt8(ascii: "\""): self = .string(try JSONText.string(bytes, &offset))
    case UInt8(ascii: "-"), 0x30...0x39: self = .number(try JSONText.number(bytes, &offset))
    case UInt8(ascii: "t"):
      try JSONText.literal("true", bytes, &offset)
      self = .bool(true, start..<offset)
    case UInt8(ascii: "f"):
      try JSONText.literal("false", bytes, &offset)
      self = .bool(false, start..<offset)
    case UInt8(ascii: "n"):
      try JSONText.literal("null", bytes, &offset)
      self = .null
    case UInt8(ascii: "["), UInt8(ascii: "{"): self = .container(try JSONText.value(bytes, &offset))
    default: throw JSONText.noValue(bytes, at: offset)
    }
  }

  var isNull: Bool { if case .null = self { true } else { false } }

  /// A text, a number, true or false.
  var isScalar: Bool {
    switch self {
    case .string, .number, .bool: true
    case .container, .null: false
    }
  }

  /// Of a string: what is between its quotes.
  var range: Range<Int> {
    switch self {
    case .string(let token): token.range
    case .number(let token): token.range
    case .bool(_, let range), .container(let range): range
    case .null: 0..<0
    }
  }
}
