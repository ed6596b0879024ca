/// Separates Swift code from comments and the contents of strings.
///
/// Knows line comments, nested block comments, one-line, multi-line and raw strings, and code inside interpolations. Does not
/// know regular expression literals: a quote inside one would be taken for a string.
struct CodeScanner {
  /// `text` with everything else blanked by spaces; newlines stay, so that line numbers hold.
  static func code(of text: String) -> [UInt8] {
    var scanner = CodeScanner(text)
    scanner.scanCode(untilParenthesis: false)
    return scanner.output
  }

  private let input: [UInt8]
  private var output: [UInt8] = []
  private var position = 0

  private init(_ text: String) {
    input = Array(text.utf8)
    output.reserveCapacity(input.count)
  }

  private mutating func scanCode(untilParenthesis: Bool) {
    var depth = 0
    while position < input.count {
      if follows("//") {
        blank { scanner in scanner.input[scanner.position] == UInt8(ascii: "\n") }
      } else if follows("/*") {
        skipBlockComment()
      } else if let hashes = hashesOfStringStart() {
        scanString(hashes: hashes)
      } else {
        let byte = input[position]
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") {
          if untilParenthesis, depth == 0 { return }
          depth -= 1
        }
        keep()
      }
    }
  }

  /// From the first `#` or quote to the end of the string, its interpolations scanned as code.
  private mutating func scanString(hashes: Int) {
    blank(count: hashes)  // a quote follows, so this does not reach the end
    let isMultiLine = follows("\"\"\"")
    blank(count: isMultiLine ? 3 : 1)
    let fence = String(repeating: "#", count: hashes)
    let end = (isMultiLine ? "\"\"\"" : "\"") + fence
    while position < input.count {
      if follows(end) { return blank(count: end.utf8.count) }
      if follows("\\" + fence + "(") {
        blank(count: hashes + 2)
        scanCode(untilParenthesis: true)
        blank(count: 1)
      } else if follows("\\" + fence) {
        blank(count: hashes + 2)  // an escape: the byte after it ends nothing
      } else if !isMultiLine, input[position] == UInt8(ascii: "\n") {
        return  // not a string after all, or code that does not compile
      } else {
        blank(count: 1)
      }
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if follows("/*") {
        depth += 1
        blank(count: 2)
      } else if follows("*/") {
        depth -= 1
        blank(count: 2)
      } else {
        blank(count: 1)
      }
    } while depth > 0 && position < input.count
  }

  /// The number of `#` before a quote that begins here; nil where no string begins.
  private func hashesOfStringStart() -> Int? {
    guard input[position] == UInt8(ascii: "#") || input[position] == UInt8(ascii: "\"") else { return nil }
    let hashes = input[position...].prefix { $0 == UInt8(ascii: "#") }.count
    let quote = position + hashes
    return quote < input.count && input[quote] == UInt8(ascii: "\"") ? hashes : nil
  }

  private func follows(_ text: String) -> Bool {
    input[position] == text.utf8.first && input[position...].starts(with: text.utf8)
  }

  private mutating func keep() {
    output.append(input[position])
    position += 1
  }

  private mutating func blank(count: Int) {
    for _ in 0..<count where position < input.count {
      output.append(input[position] == UInt8(ascii: "\n") ? UInt8(ascii: "\n") : UInt8(ascii: " "))
      position += 1
    }
  }

  private mutating func blank(until isEnd: (CodeScanner) -> Bool) {
    while position < input.count, !isEnd(self) { blank(count: 1) }
  }
}
