/// What a handler may send: it builds heads from data that came from elsewhere, and a line break in a value would let
/// that data write fields of its own (response splitting).
enum FieldRules {
  static func check(_ response: HTTPResponseHead) throws(TransportError) {
    guard (200...599).contains(response.status) else {
      throw .misuse(detail: "status \(response.status): expected 200 to 599")
    }
    if let length = response.contentLength, length < 0 { throw .misuse(detail: "content length \(length)") }
    try check(response.fields)
  }

  static func check(_ fields: HTTPFields) throws(TransportError) {
    for field in fields.fields {
      guard !field.name.isEmpty, field.name.utf8.allSatisfy(isNameByte) else {
        throw .misuse(detail: "field name '\(field.name)': expected lower-case token characters")
      }
      guard field.value.utf8.allSatisfy({ $0 != 0 && $0 != 10 && $0 != 13 }) else {
        throw .misuse(detail: "the value of field '\(field.name)' holds a line break or NUL")
      }
      guard !isFraming(field.name) else {
        throw .misuse(detail: "field '\(field.name)' is the transport's to set")
      }
    }
  }

  /// RFC 9110 token characters without capitals.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#"),
      UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func isFraming(_ name: String) -> Bool {
    switch name {
    case "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "date": true
    default: false
    }
  }
}
