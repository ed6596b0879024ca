/// A run of ASCII letters, digits and `_`, with what stands directly before and after it (a space at the ends of the text).
struct CodeWord: Sendable {
  /// From 1.
  let line: Int
  let before: Character
  let word: String
  let after: Character

  static func words(of code: [UInt8]) -> [CodeWord] {
    var found: [CodeWord] = []
    var line = 1
    var position = 0
    while position < code.count {
      let start = position
      while position < code.count, isPartOfWord(code[position]) { position += 1 }
      if position > start {
        let word = String(decoding: code[start..<position], as: UTF8.self)
        found.append(
          CodeWord(line: line, before: character(start - 1, code), word: word, after: character(position, code)))
      } else {
        if code[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
      }
    }
    return found
  }

  private static func character(_ index: Int, _ code: [UInt8]) -> Character {
    code.indices.contains(index) ? Character(UnicodeScalar(code[index])) : " "
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: byte == UInt8(ascii: "_")
    }
  }
}
