/// The grammar of RFC 8259 over bytes: each function reads one construct at `offset` and leaves `offset` behind it.
///
/// Lenient in two ways, so that no log line is refused for what its text says: control characters in strings need no escape
/// (section 9 allows a parser to take more than the grammar), and strings need not be UTF-8.
enum JSONText {
  /// Objects and arrays inside each other. Bits of a `UInt64` remember what to close.
  static let maximumDepth = 64

  struct StringToken {
    /// Without the quotes.
    let range: Range<Int>
    let hasEscapes: Bool
  }

  struct NumberToken {
    let range: Range<Int>
    /// Neither fraction nor exponent.
    let isInteger: Bool
  }

  @inline(__always)
  static func skipSpace(_ bytes: Span<UInt8>, _ offset: inout Int) {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte <= 0x20, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d else { return }
      offset &+= 1
    }
  }

  /// Passes over `character` and the space behind it.
  @inline(__always)
  static func expect(_ character: UInt8, _ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) {
    guard offset < bytes.count, bytes[offset] == character else {
      let name = String(decoding: [character], as: UTF8.self)
      throw JSONLineError(.notJSON, at: offset, "expected '\(name)'\(cutOff(bytes, offset))")
    }
    offset &+= 1
    skipSpace(bytes, &offset)
  }

  /// A string; `offset` is at its opening quote. Escapes are checked, so that undoing them cannot fail.
  @inline(__always)
  static func string(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) -> StringToken {
    let start = offset &+ 1
    var hasEscapes = false
    offset = start
    while true {
      offset = quoteOrBackslash(bytes, from: offset)
      guard offset < bytes.count else {
        throw JSONLineError(.notJSON, at: start - 1, "a string without its closing '\"'")
      }
      if bytes[offset] == UInt8(ascii: "\"") {
        defer { offset &+= 1 }
        return StringToken(range: start..<offset, hasEscapes: hasEscapes)
      }
      hasEscapes = true
      try escape(bytes, &offset)
    }
  }

  private static func escape(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) {
    guard offset + 1 < bytes.count else { throw JSONLineError(.notJSON, at: offset, "the line ends inside a string") }
    switch bytes[offset + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      offset += 2
    case UInt8(ascii: "u"):
      for digit in 2..<6 where offset + digit >= bytes.count || Hexadecimal.value(bytes[offset + digit]) == nil {
        throw JSONLineError(.notJSON, at: offset, "expected four hexadecimal digits after '\\u'")
      }
      offset += 6
    default: throw JSONLineError(.notJSON, at: offset, "a backslash before a character that needs none")
    }
  }

  /// Eight bytes a step: those that equal either character have their high bit set in `hits`.
  @inline(__always)
  private static func quoteOrBackslash(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while bytes.count &- offset >= 8 {
      let word = bytes.uint64(at: offset)
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5c5c_5c5c_5c5c_5c5c
      let hits =
        (((quote &- 0x0101_0101_0101_0101) & ~quote) | ((backslash &- 0x0101_0101_0101_0101) & ~backslash))
        & 0x8080_8080_8080_8080
      if hits != 0 { return offset &+ hits.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return offset }
      offset &+= 1
    }
    return offset
  }

  /// A number; `offset` is at its sign or first digit.
  static func number(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) -> NumberToken {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    let first = offset
    let digits = try self.digits(bytes, &offset)
    if digits > 1, bytes[first] == UInt8(ascii: "0") {
      throw JSONLineError(.notJSON, at: first, "a number with a leading zero")
    }
    var isInteger = true
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      isInteger = false
      offset += 1
      _ = try self.digits(bytes, &offset)
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      offset += 1
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
      _ = try self.digits(bytes, &offset)
    }
    return NumberToken(range: start..<offset, isInteger: isInteger)
  }

  /// At least one digit; how many there were.
  private static func digits(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) -> Int {
    let start = offset
    while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 { offset &+= 1 }
    guard offset > start else { throw JSONLineError(.notJSON, at: offset, "expected a digit\(cutOff(bytes, offset))") }
    return offset - start
  }

  /// `true`, `false` or `null`.
  static func literal(_ word: StaticString, _ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) {
    let text = "\(word)"
    for (index, byte) in text.utf8.enumerated() where offset + index >= bytes.count || bytes[offset + index] != byte {
      throw JSONLineError(.notJSON, at: offset, "expected a value, such as \(text)")
    }
    offset += text.utf8.count
  }

  /// Passes over any value, checking it; returns where it lies.
  static func value(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) -> Range<Int> {
    let start = offset
    var open = OpenContainers()
    repeat {
      try opening(bytes, &offset, &open)
      try closing(bytes, &offset, &open)
    } while open.depth > 0
    return start..<offset
  }

  /// Brackets that open, keys of objects, and the first value that is no container (or the end of an empty one).
  private static func opening(
    _ bytes: Span<UInt8>, _ offset: inout Int, _ open: inout OpenContainers
  ) throws(JSONLineError) {
    while true {
      let byte = offset < bytes.count ? bytes[offset] : 0
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else { return try scalar(bytes, &offset) }
      let isObject = byte == UInt8(ascii: "{")
      guard open.push(isObject: isObject) else { throw tooDeep(at: offset) }
      offset += 1
      skipSpace(bytes, &offset)
      if offset < bytes.count, bytes[offset] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        offset += 1
        open.pop()
        return
      }
      if isObject { try key(bytes, &offset) }
    }
  }

  /// Brackets that close, up to a comma and what follows it, or to the end of the outermost container.
  private static func closing(
    _ bytes: Span<UInt8>, _ offset: inout Int, _ open: inout OpenContainers
  ) throws(JSONLineError) {
    while open.depth > 0 {
      skipSpace(bytes, &offset)
      let byte = offset < bytes.count ? bytes[offset] : 0
      if byte == UInt8(ascii: ",") {
        offset += 1
        skipSpace(bytes, &offset)
        if open.isObject { try key(bytes, &offset) }
        return
      }
      guard byte == (open.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw notClosed(bytes, at: offset, isObject: open.isObject)
      }
      offset += 1
      open.pop()
    }
  }

  private static func key(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw noKey(bytes, at: offset) }
    _ = try string(bytes, &offset)
    skipSpace(bytes, &offset)
    try expect(UInt8(ascii: ":"), bytes, &offset)
  }

  private static func scalar(_ bytes: Span<UInt8>, _ offset: inout Int) throws(JSONLineError) {
    switch offset < bytes.count ? bytes[offset] : 0 {
    case UInt8(ascii: "\""): _ = try string(bytes, &offset)
    case UInt8(ascii: "t"): try literal("true", bytes, &offset)
    case UInt8(ascii: "f"): try literal("false", bytes, &offset)
    case UInt8(ascii: "n"): try literal("null", bytes, &offset)
    case UInt8(ascii: "-"), 0x30...0x39: _ = try number(bytes, &offset)
    default: throw noValue(bytes, at: offset)
    }
  }

  static func noKey(_ bytes: Span<UInt8>, at offset: Int) -> JSONLineError {
    JSONLineError(.notJSON, at: offset, "expected a key in quotes\(cutOff(bytes, offset))")
  }

  static func noValue(_ bytes: Span<UInt8>, at offset: Int) -> JSONLineError {
    JSONLineError(.notJSON, at: offset, "expected a value\(cutOff(bytes, offset))")
  }

  static func notClosed(_ bytes: Span<UInt8>, at offset: Int, isObject: Bool) -> JSONLineError {
    JSONLineError(.notJSON, at: offset, "expected ',' or '\(isObject ? "}" : "]")'\(cutOff(bytes, offset))")
  }

  static func tooDeep(at offset: Int) -> JSONLineError {
    JSONLineError(.notJSON, at: offset, "objects and arrays are nested over \(maximumDepth) deep")
  }

  /// Ends a message, where the line is over: a line that was cut off is the commonest mistake.
  private static func cutOff(_ bytes: Span<UInt8>, _ offset: Int) -> String {
    offset < bytes.count ? "" : ", the line ends here"
  }
}

/// Which of the containers around a position are objects.
private struct OpenContainers {
  private(set) var depth = 0
  private var objects: UInt64 = 0

  var isObject: Bool { objects & 1 == 1 }

  /// False if that would be too deep.
  mutating func push(isObject: Bool) -> Bool {
    guard depth < JSONText.maximumDepth else { return false }
    depth += 1
    objects = objects << 1 | (isObject ? 1 : 0)
    return true
  }

  mutating func pop() {
    depth -= 1
    objects >>= 1
  }
}
