/// Paths that are not to be found although a pattern finds them.
///
/// Each is a `PathPattern` whose wildcards match hidden names too; one without a slash is about a name in any folder
/// (`*.gz`). What is in an excluded folder, at any depth, is excluded.
package struct PathExclusions: Sendable {
  private let patterns: [PathPattern]

  /// - Parameter base: Absolute folder; where relative patterns begin.
  package init(_ texts: [String], in base: String) throws(PathPatternError) {
    patterns = try texts.map { text throws(PathPatternError) in
      let isName = !text.isEmpty && !text.utf8.contains(UInt8(ascii: "/"))
      return try PathPattern(isName ? "/**/" + text : text, in: base, matchesHidden: true)
    }
  }

  /// Whether this path itself is excluded; the folders that it is in are not looked at.
  package func names(_ path: String) -> Bool { patterns.contains { $0.matches(path) } }

  /// Whether this path or a folder that it is in is excluded.
  package func cover(_ path: String) -> Bool {
    if patterns.isEmpty { return false }
    var end = path.utf8.endIndex
    while end > path.startIndex {
      if names(String(path[..<end])) { return true }
      guard let slash = path.utf8[..<end].lastIndex(of: UInt8(ascii: "/")) else { return false }
      end = slash
    }
    return false
  }
}
