import Application

/// Where links to files lead, kept from one look to the next: resolving a path costs a look at each of its names.
struct LinkTargets: Sendable {
  struct Target: Hashable, Sendable {
    /// Without links.
    let folder: String
    let name: String
  }

  private struct Known: Sendable {
    let state: FileState
    let target: Target
  }

  private var known: [String: Known] = [:]
  private var seen: [String: Known] = [:]

  /// The real folders of the links that the last walk saw.
  var folders: Set<String> { Set(known.values.map(\.target.folder)) }

  /// - Parameter state: Of the file that the link leads to: as long as it is the same file, its place is not looked for again.
  mutating func target(of link: String, _ state: FileState, _ tree: any FileTree) throws(FileError) -> Target {
    if let known = known[link], known.state.identity == state.identity, known.state.device == state.device {
      seen[link] = known
      return known.target
    }
    let path = try tree.realPath(of: link)
    let folder = FilePath.parent(of: path) ?? "/"
    let name = path.dropFirst(folder == "/" ? 1 : folder.count + 1)
    let target = Target(folder: folder, name: String(name))
    seen[link] = Known(state: state, target: target)
    return target
  }

  /// Forgets the links that were not seen since the last call.
  mutating func endWalk() {
    known = seen
    seen = [:]
  }
}
