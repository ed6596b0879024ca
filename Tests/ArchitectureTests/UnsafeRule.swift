/// Raw memory stays in its rooms: `Domain/Bytes`, `Adapters/Threads`, `Adapters/Transport`, `Adapters/<Name>/C`.
///
/// Looks at words of code: the marker `unsafe` in all its places (`unsafe f()`, `@unsafe`, `nonisolated(unsafe)`), and types
/// such as `UnsafeRawPointer`. The compiler demands the marker for every unsafe use, so nothing escapes.
func unsafeViolations(in file: SourceFile) -> [String] {
  guard file.isBelow("Sources"), !isUnsafeRoom(file) else { return [] }
  return file.words.filter { isUnsafe($0.word) }.map {
    "\(file.path):\($0.line): `\($0.word)` outside its rooms: put it behind a safe type in a C/ folder, Threads, Transport or Domain/Bytes"
  }
}

private func isUnsafeRoom(_ file: SourceFile) -> Bool {
  if ["Sources/Domain/Bytes", "Sources/Adapters/Threads", "Sources/Adapters/Transport"].contains(where: file.isBelow) {
    return true
  }
  return file.isBelow("Sources/Adapters") && file.parts.count > 4 && file.parts[3] == "C"
}

private func isUnsafe(_ word: String) -> Bool {
  word == "unsafe" || (word.hasPrefix("Unsafe") && (word.hasSuffix("Pointer") || word.hasSuffix("Continuation")))
}
