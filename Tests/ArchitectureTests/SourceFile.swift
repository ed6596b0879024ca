/// A Swift file of the project, as the rules see it.
struct SourceFile: Sendable {
  /// From the folder of Package.swift, with `/` between the parts.
  let path: String
  let text: String
  /// The words of the code in order, those in comments and strings left out.
  let words: [CodeWord]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    words = CodeWord.words(of: CodeScanner.code(of: text))
  }

  /// `["Sources", "Adapters", "Disk", "File.swift"]`.
  var parts: [String] { path.split(separator: "/").map(String.init) }

  func isBelow(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }
}
