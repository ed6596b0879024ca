/// Paths as text.
enum FilePath {
  /// Ends the name of a file that is being written and will be renamed.
  static let draftSuffix = ".new"

  /// What lies before the last `/`; nil for a name alone.
  static func parent(of path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// - Parameter folder: Without a `/` at its end, unless it is the root.
  static func path(of name: String, in folder: String) -> String { folder == "/" ? "/" + name : folder + "/" + name }
}
