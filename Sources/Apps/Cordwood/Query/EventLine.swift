import Composition

/// An event as lines for a person: `time LEVEL service message key=value…`.
struct EventLine {
  /// What the lines of a message after the first one begin with.
  static let indent = "    "

  let terminal: Terminal

  /// Without a newline at its end.
  func text(of item: QueryItem) -> String {
    var parts = [
      terminal.paint(time(item.timestamp), .dim), level(item),
      terminal.paint(PrintableText.make(item.service, newline: " "), .cyan),
      PrintableText.make(item.message, newline: "\n" + Self.indent),
    ]
    for (key, value) in item.attributes.sorted(by: { $0.key < $1.key }) {
      parts.append(terminal.paint("\(quoted(key))=\(quoted(value.text))", .dim))
    }
    return parts.joined(separator: " ")
  }

  /// To the millisecond: the other digits are in the JSON.
  private func time(_ text: String) -> String {
    guard text.utf8.count == 30, text.hasSuffix("Z") else { return PrintableText.make(text, newline: " ") }
    return text.prefix(23) + "Z"
  }

  private func level(_ item: QueryItem) -> String {
    let word = PrintableText.make(item.level ?? "-", newline: " ").uppercased()
    let padded = word + String(repeating: " ", count: max(0, 5 - word.count))
    switch item.severity {
    case 21...: return terminal.paint(padded, .magenta)
    case 17...: return terminal.paint(padded, .red)
    case 13...: return terminal.paint(padded, .yellow)
    case 9...: return terminal.paint(padded, .green)
    default: return terminal.paint(padded, .dim)
    }
  }

  /// In quotes where it could not be told where it ends.
  private func quoted(_ text: String) -> String {
    let printable = PrintableText.make(text, newline: "\\n")
    let isPlain = !printable.isEmpty && printable.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" && $0 != "\t" }
    return isPlain ? printable : "\"\(printable.replacing("\"", with: "\\\""))\""
  }
}
