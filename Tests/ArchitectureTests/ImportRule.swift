/// The layers: Domain imports nothing, Application only Domain, an adapter no other adapter, a library below Adapters no port,
/// and C libraries stay below Adapters.
func importViolations(in file: SourceFile, of tree: SourceTree) -> [String] {
  imports(of: file).compactMap { line, module in
    reason(against: module, in: file, of: tree).map { "\(file.path):\(line): imports \(module): \($0)" }
  }
}

private func reason(against module: String, in file: SourceFile, of tree: SourceTree) -> String? {
  switch file.parts.first == "Sources" ? file.parts.dropFirst().first : nil {
  case "Domain": "Domain imports nothing"
  case "Application": module == "Domain" ? nil : "Application imports Domain and nothing else"
  case "Adapters": reason(againstInAdapters: module, in: file)
  case "Apps": tree.cLibraries.contains(module) ? "C libraries belong behind an adapter" : nil
  default: nil
  }
}

private func reason(againstInAdapters module: String, in file: SourceFile) -> String? {
  if module.hasSuffix("Adapter") {
    return "an adapter knows no other adapter: share a port, or a library below Sources/Adapters"
  }
  if module == "Composition" || module.hasPrefix("cordwood") { return "an adapter knows no app" }
  let isLibrary = file.parts.count > 2 && ["CLibraries", "Threads", "Transport"].contains(file.parts[2])
  if isLibrary, module == "Application" { return "a library that adapters share knows no port" }
  return nil
}

/// Line and module of every import: `package import struct Foundation.Date` imports Foundation.
private func imports(of file: SourceFile) -> [(line: Int, module: String)] {
  let kinds: Set = ["actor", "class", "enum", "func", "let", "protocol", "struct", "typealias", "var"]
  let words = file.words
  return words.indices.compactMap { index in
    guard words[index].word == "import", words[index].before != ".", words[index].before != "`" else { return nil }
    let named = words[(index + 1)...].first { !kinds.contains($0.word) }
    return named.map { (words[index].line, $0.word) }
  }
}
