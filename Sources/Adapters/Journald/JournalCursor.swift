import Domain

/// Finds the cursors in journalctl's JSON.
enum JournalCursor {
  /// A quote inside a JSON text has a backslash before it: these bytes are the key wherever they are.
  private static let key = SubstringSearch(Array("\"__CURSOR\"".utf8))

  /// Of the last line; nil if it has none, which is that of an entry so long that it came in parts.
  ///
  /// - Parameter lines: Ends with a line feed, or in the middle of a line.
  static func last(in lines: [UInt8]) -> String? {
    guard lines.last == 0x0a else { return nil }
    let start = lines.dropLast().lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    guard let found = key.first(in: lines.span, from: start) else { return nil }
    var rest = lines[(found + key.needle.count)...].drop { $0 == 0x20 }
    guard rest.popFirst() == UInt8(ascii: ":") else { return nil }
    rest = rest.drop { $0 == 0x20 }
    // A cursor is made of hexadecimal digits, letters, '=' and ';'.
    guard rest.popFirst() == UInt8(ascii: "\""), let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}
