/// `text` broken at spaces into lines of at most `width` characters, an over-long word on a line of its own.
func wrap(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(whereSeparator: \.isWhitespace) {
    if !line.isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " " + word
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}

/// The paragraphs of `text`, separated by empty lines, each wrapped.
func wrapParagraphs(_ text: String, to width: Int) -> [String] {
  let paragraphs = text.split(separator: "\n\n").map { wrap(String($0), to: width) }
  return Array(paragraphs.joined(separator: [""]))
}
