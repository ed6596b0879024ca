/// A path, or a set of them by wildcards, as a shell knows them.
///
/// `*` stands for any characters within a name, `?` for one, `[a-z]` and `[!a-z]` for one of a set; `**` as a whole name for
/// any number of folders, none too (at the end: for all files at any depth). `\` before a character makes it an ordinary one.
/// A wildcard does not match a dot that begins a name. A path without wildcards stands for the file, or for all files
/// directly in the folder of that name.
package struct PathPattern: Hashable, Sendable {
  /// A name of the path.
  package enum Component: Hashable, Sendable {
    case name(String)
    case wildcards(NamePattern)
    case anyDepth
  }

  /// As it was given.
  package let text: String
  /// From the root on; not empty. Two `anyDepth` never follow each other, and none is the last.
  package let components: [Component]
  private let program: GlobProgram
  /// For all files in a folder; only without wildcards in the last name.
  private let childrenProgram: GlobProgram?
  /// For a folder and the slash behind it.
  private let folderProgram: GlobProgram

  /// - Parameters:
  ///   - base: Absolute folder; where a relative pattern begins.
  ///   - matchesHidden: Whether wildcards match a dot that begins a name: for what is excluded.
  package init(_ text: String, in base: String, matchesHidden: Bool = false) throws(PathPatternError) {
    guard !text.isEmpty else { throw .empty }
    self.text = text
    let names = Self.names(of: text.utf8.first == UInt8(ascii: "/") ? text : base + "/" + text)
    var components: [Component] = []
    var pieces: [[GlobPiece]] = []
    for name in names {
      if name == "**" {
        if components.last != .anyDepth { components.append(.anyDepth) }
        continue
      }
      guard let parsed = GlobPiece.parse(name) else { throw .unclosedBracket(pattern: text) }
      let pattern = NamePattern(parsed, matchesHidden: matchesHidden)
      components.append(pattern.only.map(Component.name) ?? .wildcards(pattern))
      pieces.append(parsed)
    }
    if components.isEmpty || components.last == .anyDepth {
      components.append(.wildcards(NamePattern([.run], matchesHidden: matchesHidden)))
      pieces.append([.run])
    }
    self.components = components
    let slash = GlobPiece.byte(UInt8(ascii: "/"))
    var all = [slash]
    var folder = all
    var named = pieces.makeIterator()
    for (index, component) in components.enumerated() {
      if component == .anyDepth {
        all.append(.folders)
      } else {
        folder = all
        all.append(contentsOf: named.next() ?? [])
        if index < components.count - 1 { all.append(slash) }
      }
    }
    folderProgram = GlobProgram(folder, matchesHidden: matchesHidden)
    program = GlobProgram(all, matchesHidden: matchesHidden)
    if case .name = components[components.count - 1] {
      childrenProgram = GlobProgram(all + [slash, .run], matchesHidden: matchesHidden)
    } else {
      childrenProgram = nil
    }
  }

  /// Whether the pattern finds a file of this path.
  ///
  /// - Parameter path: Absolute, without `.`, `..` and empty names.
  package func matches(_ path: String) -> Bool {
    let bytes = path.utf8.span
    return program.matches(bytes) || childrenProgram?.matches(bytes) == true
  }

  /// Whether files of this folder may be found by the pattern: whether it has to be looked into.
  ///
  /// - Parameter folder: Absolute, without a slash at the end (but `/`), without `.`, `..` and empty names.
  package func looksInto(_ folder: String) -> Bool {
    if childrenProgram != nil, program.matches(folder.utf8.span) { return true }
    let text = folder == "/" ? folder : folder + "/"
    return folderProgram.matches(text.utf8.span)
  }

  /// The names of an absolute path, `.` and `..` resolved as text.
  private static func names(of path: String) -> [Substring] {
    var names: [Substring] = []
    for name in path.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init) {
      switch name {
      case ".": break
      case "..": _ = names.popLast()
      default: names.append(name)
      }
    }
    return names
  }
}
