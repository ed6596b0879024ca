import Domain

/// Reads one JSON text (RFC 8259), strictly: UTF-8 only, each name once in its object, nothing after the value, a limit
/// on depth. Every error says at which byte.
///
/// For requests of a few kilobytes: it builds a tree. Differentially tested against Foundation's reader.
struct JSONReader {
  /// Ours are flat; deeper texts would only cost stack.
  static let maximumDepth = 16

  private let bytes: [UInt8]
  private var offset = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  static func read(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONNode {
    var reader = JSONReader(bytes)
    reader.skipSpace()
    let node = try reader.value(depth: 1)
    reader.skipSpace()
    if reader.offset < bytes.count {
      throw JSONSyntaxError(at: reader.offset, "there is more after the end of the value")
    }
    return node
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONNode {
    let start = offset
    guard let first = peek else { throw JSONSyntaxError(at: offset, "the text ends where a value is expected") }
    let value: JSONNode.Value
    switch first {
    case UInt8(ascii: "{"): value = .object(try members(depth: depth))
    case UInt8(ascii: "["): value = .array(try elements(depth: depth))
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = .number(try number())
    default: value = try word()
    }
    return JSONNode(offset: start, value: value)
  }

  private mutating func members(depth: Int) throws(JSONSyntaxError) -> [JSONMember] {
    try enter(depth)
    var members: [JSONMember] = []
    var names: Set<[UInt8]> = []
    while try continues(UInt8(ascii: "}"), isFirst: members.isEmpty) {
      let start = offset
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
      let name = try string()
      // By bytes: `String` takes different spellings of one character for equal.
      guard names.insert(Array(name.utf8)).inserted else {
        throw JSONSyntaxError(at: start, "the name \"\(name.prefix(64))\" is there twice")
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw unexpected("':'") }
      skipSpace()
      members.append(JSONMember(name: name, nameOffset: start, node: try value(depth: depth + 1)))
      skipSpace()
    }
    return members
  }

  private mutating func elements(depth: Int) throws(JSONSyntaxError) -> [JSONNode] {
    try enter(depth)
    var elements: [JSONNode] = []
    while try continues(UInt8(ascii: "]"), isFirst: elements.isEmpty) {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    }
    return elements
  }

  private mutating func enter(_ depth: Int) throws(JSONSyntaxError) {
    guard depth <= Self.maximumDepth else {
      throw JSONSyntaxError(at: offset, "the text is nested deeper than \(Self.maximumDepth) levels")
    }
    offset += 1
    skipSpace()
  }

  /// Takes the comma before the next entry, or the closing bracket.
  private mutating func continues(_ bracket: UInt8, isFirst: Bool) throws(JSONSyntaxError) -> Bool {
    if take(bracket) { return false }
    if isFirst { return true }
    guard take(UInt8(ascii: ",")) else { throw unexpected("',' or '\(Character(Unicode.Scalar(bracket)))'") }
    skipSpace()
    return true
  }

  private mutating func word() throws(JSONSyntaxError) -> JSONNode.Value {
    for (text, value) in [("true", JSONNode.Value.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[offset...].starts(with: text.utf8) {
      offset += text.utf8.count
      return value
    }
    throw unexpected("a value")
  }

  private mutating func number() throws(JSONSyntaxError) -> String {
    let start = offset
    _ = take(UInt8(ascii: "-"))
    if take(UInt8(ascii: "0")) {
      if let next = peek, isDigit(next) { throw JSONSyntaxError(at: offset, "a number has a leading zero") }
    } else {
      try digits()
    }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = offset
    while let next = peek, isDigit(next) { offset += 1 }
    if offset == start { throw unexpected("a digit") }
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  // MARK: Strings

  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &text)
      case 0..<0x20:
        throw JSONSyntaxError(at: offset, "a string holds a control character, which must be escaped")
      default:
        let length = UTF8Validation.sequenceLength(bytes.span, at: offset)
        if length == 0 { throw JSONSyntaxError(at: offset, "the text is not UTF-8") }
        text.append(contentsOf: bytes[offset..<offset + length])
        offset += length
      }
    }
    throw JSONSyntaxError(at: start, "a string has no end")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
    let start = offset
    offset += 1
    guard let byte = peek else { throw JSONSyntaxError(at: start, "an escape is cut off") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar(from: start)).utf8)
    default: throw JSONSyntaxError(at: start, "an unknown escape")
    }
  }

  /// What `\uXXXX`, or a pair of them, stands for.
  private mutating func scalar(from start: Int) throws(JSONSyntaxError) -> Character {
    let first = try codeUnit(from: start)
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    // A surrogate: the first half needs its second one right behind it (RFC 8259 section 7).
    if (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let second = try codeUnit(from: start)
      if (0xDC00..<0xE000).contains(second) {
        let value = 0x1_0000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        if let scalar = Unicode.Scalar(value) { return Character(scalar) }
      }
    }
    throw JSONSyntaxError(at: start, "an escape is half of a surrogate pair")
  }

  private mutating func codeUnit(from start: Int) throws(JSONSyntaxError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Hexadecimal.value(byte) else {
        throw JSONSyntaxError(at: start, "an escape needs four hexadecimal digits")
      }
      value = value << 4 | UInt16(digit)
      offset += 1
    }
    return value
  }

  // MARK: Bytes

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private func unexpected(_ expected: String) -> JSONSyntaxError {
    guard let byte = peek else { return JSONSyntaxError(at: offset, "the text ends where \(expected) is expected") }
    let found = (0x21..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    return JSONSyntaxError(at: offset, "\(found) stands where \(expected) is expected")
  }
}
