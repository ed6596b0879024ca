/// Nothing outside this package uses it, so nothing is `public` (or `open`): the compiler then keeps the surface honest.
func accessViolations(in file: SourceFile) -> [String] {
  guard file.isBelow("Sources") else { return [] }
  let words = file.words.filter {
    ["public", "open"].contains($0.word) && $0.before != "." && $0.before != "`" && $0.after == " "
  }
  return words.map { "\(file.path):\($0.line): `\($0.word)`: what crosses targets is `package`" }
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
  let marks = ["TODO", "FIXME", "XXX", "fatalError(\"not implemented", "fatalError(\"unimplemented"]
  let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
  return lines.enumerated().flatMap { index, line in
    marks.filter { line.contains($0) }.map { "\(file.path):\(index + 1): `\($0)`: do it, or open an issue" }
  }
}
