import Application
import Domain

/// One look at all that the patterns lead to. Blocks.
struct FolderWalk {
  /// A name that leads to a log file.
  struct Find {
    let path: String
    let state: FileState
    /// Whether a pattern does; if none, the file is known.
    let isMatched: Bool
    /// The real name, as the folder's events call it.
    let name: String
    /// Of the real folder; nil if it could not be watched.
    let watch: FolderEvents.Watch?
  }

  /// A folder where new names may change what is found.
  struct Watched {
    let watch: FolderEvents.Watch
    let places: [PatternTree.Place]
  }

  private(set) var finds: [Find] = []
  private(set) var watched: [Watched] = []
  private(set) var matchedPatterns: Set<Int> = []
  private(set) var problems: [String] = []
  /// The first that could not be looked at, unless it is just not there.
  private(set) var failure: FileError?

  /// Whether a folder could be looked into.
  var sawSomething: Bool { !listed.isEmpty }

  private let tree: any FileTree
  private let patterns: PatternTree
  private let excluded: PathExclusions
  private let knownInodes: Set<UInt64>
  private let watch: (String) -> FolderEvents.Watch?
  private var links: LinkTargets
  private var listed: Set<String> = []

  /// - Parameters:
  ///   - watch: Watches a folder; called before it is looked into, so that nothing that comes meanwhile is missed.
  ///   - links: What the walk before found of links.
  init(
    _ tree: any FileTree, _ patterns: PatternTree, excluded: PathExclusions, known: Set<FileIdentity>,
    links: LinkTargets, watch: @escaping (String) -> FolderEvents.Watch?
  ) {
    self.tree = tree
    self.patterns = patterns
    self.excluded = excluded
    self.links = links
    self.watch = watch
    knownInodes = Set(known.map(\.inode))
  }

  /// - Returns: What was found of links, for the next walk.
  mutating func run() throws(LogFilesError) -> LinkTargets {
    var folders: [(path: String, places: [PatternTree.Place])] = [("/", [PatternTree.root])]
    while let (path, places) = folders.popLast() {
      if Task.isCancelled { throw .cancelled }
      folders += visit(path, patterns.inside(places))
    }
    links.endWalk()
    if !knownInodes.isEmpty { for folder in links.folders where !listed.contains(folder) { findKnown(in: folder) } }
    return links
  }

  /// - Returns: The folders to visit next.
  private mutating func visit(
    _ folder: String, _ places: [PatternTree.Place]
  ) -> [(String, [PatternTree.Place])] {
    if let names = patterns.plainNames(places) { return steps(folder, names, places) }
    let watch = watched(folder, places)
    let listing: FolderListing
    do throws(FileError) {
      listing = try tree.list(folder)
    } catch {
      // Gone since its name was seen, or never there: the pattern says so if it matches nothing.
      if error.kind != .notFound { fail(error) }
      return []
    }
    listed.insert(folder)
    if listing.illFormedNames > 0 {
      problems.append("'\(folder)' has \(listing.illFormedNames) names that are not UTF-8: rename these files")
    }
    var next: [(String, [PatternTree.Place])] = []
    for entry in listing.entries {
      let places = (step: patterns.step(entry.name, from: places), staying: patterns.staying(entry.name, from: places))
      guard
        !places.step.isEmpty || knownInodes.contains(entry.inode) || entry.kind == .folder && !places.staying.isEmpty
      else { continue }
      let path = FilePath.path(of: entry.name, in: folder)
      let isExcluded = excluded.names(path)
      switch entry.kind {
      case .folder:
        if !isExcluded { next.append((path, places.step + places.staying)) }
      case .file: look(path, entry.name, watch, isExcluded ? [] : patterns.patterns(at: places.step))
      case .link:
        if !isExcluded, let folder = follow(path, places.step) { next.append(folder) }
      case .special:
        if !isExcluded, !patterns.patterns(at: places.step).isEmpty { passOver(path) }
      }
    }
    return next
  }

  /// Goes on by names alone, as far as they are there.
  private mutating func steps(
    _ folder: String, _ names: [String], _ places: [PatternTree.Place]
  ) -> [(String, [PatternTree.Place])] {
    var next: [(String, [PatternTree.Place])] = []
    var isMissing = false
    for name in names {
      let path = FilePath.path(of: name, in: folder)
      if excluded.names(path) { continue }
      do throws(FileError) {
        let state = try tree.state(of: path)
        if state.kind == .folder { next.append((path, patterns.step(name, from: places))) } else { isMissing = true }
      } catch {
        if error.kind == .notFound { isMissing = true } else { fail(error) }
      }
    }
    if isMissing { _ = watched(folder, places) }
    return next
  }

  /// Files that are followed and have another name now, in a folder that only links lead to.
  private mutating func findKnown(in folder: String) {
    // What cannot be listed is no trouble: its files are found by their links.
    guard let listing = try? tree.list(folder) else { return }
    let watch = watch(folder)
    for entry in listing.entries where entry.kind == .file && knownInodes.contains(entry.inode) {
      look(FilePath.path(of: entry.name, in: folder), entry.name, watch, [])
    }
  }

  private mutating func look(_ path: String, _ name: String, _ watch: FolderEvents.Watch?, _ matched: [Int]) {
    do throws(FileError) {
      let state = try tree.state(of: path)
      // Replaced since it was listed: the next look tells.
      guard state.kind == .file else { return }
      matchedPatterns.formUnion(matched)
      finds.append(Find(path: path, state: state, isMatched: !matched.isEmpty, name: name, watch: watch))
    } catch {
      if error.kind != .notFound { fail(error) }
    }
  }

  /// - Returns: The folder that the link leads to, to be visited.
  private mutating func follow(_ path: String, _ places: [PatternTree.Place]) -> (String, [PatternTree.Place])? {
    do throws(FileError) {
      let state = try tree.state(of: path)
      switch state.kind {
      case .folder: return (path, places)
      case .file:
        let matched = patterns.patterns(at: places)
        guard !matched.isEmpty else { return nil }
        let target = try links.target(of: path, state, tree)
        look(path, target.name, watch(target.folder), matched)
      case .special, .link: if !patterns.patterns(at: places).isEmpty { passOver(path) }
      }
    } catch {
      if error.kind == .notFound {
        if !patterns.patterns(at: places).isEmpty { problems.append("'\(path)' is a link that leads nowhere") }
      } else {
        fail(error)
      }
    }
    return nil
  }

  private mutating func watched(_ folder: String, _ places: [PatternTree.Place]) -> FolderEvents.Watch? {
    guard let watch = watch(folder) else { return nil }
    watched.append(Watched(watch: watch, places: places))
    return watch
  }

  private mutating func passOver(_ path: String) {
    problems.append("'\(path)' is a pipe, a socket or a device and is passed over")
  }

  private mutating func fail(_ error: FileError) {
    problems.append("\(error)")
    failure = failure ?? error
  }
}
