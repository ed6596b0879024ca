/// Nothing outside this package uses it, so nothing is `public` (or `open`): the compiler then keeps the surface honest.
func accessViolations(in file: SourceFile) -> [String] {
  guard file.isBelow("Sources") else { return [] }
  let words = file.words
  return words.indices.filter { isPublic(words, at: $0) }.map {
    "\(file.path):\(words[$0].line): `\(words[$0].word)`: what crosses targets is `package`"
  }
}

/// `open` is a modifier only before a declaration: it is also a call, and a name.
private func isPublic(_ words: [CodeWord], at index: Int) -> Bool {
  let word = words[index]
  guard word.before != ".", word.before != "`", word.after == " " else { return false }
  if word.word == "public" { return true }
  return word.word == "open" && index + 1 < words.count && ["class", "func", "var"].contains(words[index + 1].word)
}

/// Bad input never traps, and `try!` and `as!` cannot say why they hold.
func trapViolations(in file: SourceFile) -> [String] {
  guard file.isBelow("Sources") else { return [] }
  return file.words.filter { ["try", "as"].contains($0.word) && $0.after == "!" }.map {
    "\(file.path):\($0.line): `\($0.word)!`: handle the error, or use `guard` with a `preconditionFailure` that says what was broken"
  }
}

/// Nothing is left for later in the code: a part that is not there yet is not there at all, and its issue says so.
func unfinishedWork(in file: SourceFile) -> [String] {
  if file.parts.last == "Placeholder.swift" {
    return ["\(file.path): a placeholder: fill the folder or remove the target"]
  }
  guard file.isBelow("Sources") else { return [] }
  let reminders: Set = ["TODO", "FIXME", "XXX"]
  let stubs = ["fatalError(\"not implemented", "fatalError(\"unimplemented"]
  let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
  return lines.enumerated().flatMap { index, line in
    let words = line.split { !$0.isLetter }.map(String.init)
    return (words.filter(reminders.contains) + stubs.filter(line.contains)).map {
      "\(file.path):\(index + 1): `\($0)`: do it, or open an issue"
    }
  }
}

/// A port's error reaches people inside other messages, where Swift would show its cases and quote its texts.
func descriptionViolations(in file: SourceFile) -> [String] {
  guard file.isBelow("Sources/Application/Ports"), file.path.hasSuffix("Error.swift") else { return [] }
  guard !file.words.contains(where: { $0.word == "CustomStringConvertible" }) else { return [] }
  return ["\(file.path): says nothing of itself in plain words: it has to be CustomStringConvertible"]
}
