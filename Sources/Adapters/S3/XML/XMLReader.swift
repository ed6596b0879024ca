import Domain

/// Reads the small documents that S3 servers answer with: elements, character data, the five predefined entities and numbered
/// ones. Attributes (namespaces) are skipped. A document type is refused, and with it every entity of a server's own.
struct XMLReader {
  static let maximumDepth = 16
  static let maximumElements = 50_000

  private let bytes: [UInt8]
  private var position = 0
  private var elements = 0

  /// The root element.
  static func root(of bytes: [UInt8]) throws(XMLError) -> XMLElement {
    var reader = XMLReader(bytes: bytes)
    try reader.skipMiscellaneous()
    guard reader.starts(with: "<") else { throw .malformed(at: reader.position) }
    let root = try reader.element(depth: 1)
    try reader.skipMiscellaneous()
    guard reader.position == bytes.count else { throw .malformed(at: reader.position) }
    return root
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// At a `<` that begins an element.
  private mutating func element(depth: Int) throws(XMLError) -> XMLElement {
    elements += 1
    guard depth <= Self.maximumDepth, elements <= Self.maximumElements else { throw .tooLarge }
    position += 1
    let qualified = try name()
    var element = XMLElement(name: Self.local(qualified))
    if try skipAttributes() { return element }
    var text: [UInt8] = []
    while position < bytes.count {
      if starts(with: "</") {
        position += 2
        guard try name() == qualified else { throw .malformed(at: position) }
        skipSpaces()
        try expect(">")
        guard let decoded = String(validating: text, as: UTF8.self) else { throw .malformed(at: position) }
        element.text = decoded
        return element
      } else if starts(with: "<!--") {
        try skip(past: "-->")
      } else if starts(with: "<![CDATA[") {
        position += 9
        let start = position
        try skip(past: "]]>")
        text += bytes[start..<position - 3]
      } else if starts(with: "<?") {
        try skip(past: "?>")
      } else if starts(with: "<!") {
        throw .malformed(at: position)
      } else if starts(with: "<") {
        element.children.append(try self.element(depth: depth + 1))
      } else if starts(with: "&") {
        try text.append(contentsOf: entity())
      } else {
        text.append(bytes[position])
        position += 1
      }
    }
    throw .malformed(at: position)
  }

  /// - Returns: Whether the element ends with its tag (`<a/>`).
  private mutating func skipAttributes() throws(XMLError) -> Bool {
    while position < bytes.count {
      skipSpaces()
      if starts(with: "/>") {
        position += 2
        return true
      }
      if starts(with: ">") {
        position += 1
        return false
      }
      _ = try name()
      skipSpaces()
      try expect("=")
      skipSpaces()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
        throw .malformed(at: position)
      }
      let quote = bytes[position]
      guard let end = bytes[(position + 1)...].firstIndex(of: quote), !bytes[position..<end].contains(UInt8(ascii: "<"))
      else { throw .malformed(at: position) }
      position = end + 1
    }
    throw .malformed(at: position)
  }

  private mutating func name() throws(XMLError) -> String {
    let start = position
    while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
    guard position > start, let name = String(validating: bytes[start..<position], as: UTF8.self) else {
      throw .malformed(at: position)
    }
    return name
  }

  private mutating func entity() throws(XMLError) -> [UInt8] {
    // `&#x10FFFF;` is the longest.
    guard let end = bytes[position...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
      throw .malformed(at: position)
    }
    let name = String(decoding: bytes[position + 1..<end], as: UTF8.self)
    defer { position = end + 1 }
    switch name {
    case "amp": return Array("&".utf8)
    case "lt": return Array("<".utf8)
    case "gt": return Array(">".utf8)
    case "quot": return Array("\"".utf8)
    case "apos": return Array("'".utf8)
    default:
      guard name.hasPrefix("#") else { throw .malformed(at: position) }
      let isHexadecimal = name.hasPrefix("#x")
      guard let number = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10), number > 0,
        let scalar = Unicode.Scalar(number)
      else { throw .malformed(at: position) }
      return Array(String(Character(scalar)).utf8)
    }
  }

  /// Before and after the root: spaces, the declaration, comments.
  private mutating func skipMiscellaneous() throws(XMLError) {
    while true {
      skipSpaces()
      if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        position = 3
      } else if starts(with: "<?") {
        try skip(past: "?>")
      } else if starts(with: "<!--") {
        try skip(past: "-->")
      } else {
        return
      }
    }
  }

  private mutating func skipSpaces() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func skip(past end: String) throws(XMLError) {
    while position < bytes.count, !starts(with: end) { position += 1 }
    guard position < bytes.count else { throw .malformed(at: position) }
    position += end.utf8.count
  }

  private mutating func expect(_ text: String) throws(XMLError) {
    guard starts(with: text) else { throw .malformed(at: position) }
    position += text.utf8.count
  }

  private func starts(with text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  private static func local(_ name: String) -> String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }
}
