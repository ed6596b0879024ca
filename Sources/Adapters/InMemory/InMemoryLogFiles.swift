package import Application
package import Domain

/// The log files in an `InMemoryFileTree`, as an agent sees them.
package actor InMemoryLogFiles: LogFiles {
  package enum Operation: Hashable, Sendable { case find, changes, open, status, read }

  /// Nonisolated: a test scripts faults without waiting.
  package nonisolated let faults = FaultScript<Operation, LogFilesError>(whenCancelled: .cancelled)
  private let tree: InMemoryFileTree
  private let patterns: [PathPattern]
  private let excluded: PathExclusions
  private let clock: any WallClock
  /// Changes of the tree that were told.
  private var told: Int
  /// The paths that `find` gave, by number of the tree's file.
  private var paths: [Int: String] = [:]

  /// - Parameters:
  ///   - patterns: Absolute.
  ///   - clock: Measures patience.
  package init(
    _ tree: InMemoryFileTree, patterns: [String], excluding excluded: [String] = [], clock: any WallClock
  ) throws(PathPatternError) {
    self.tree = tree
    self.patterns = try patterns.map { text throws(PathPatternError) in try PathPattern(text, in: "/") }
    self.excluded = try PathExclusions(excluded, in: "/")
    self.clock = clock
    told = tree.look { $0.changes.count }
  }

  package func find(known: Set<FileIdentity>) throws(LogFilesError) -> FileSurvey {
    try faults.perform(.find) { () throws(LogFilesError) in
      let state = tree.look { $0 }
      var matching: Set<PathPattern> = []
      var best: [Int: FoundFile] = [:]
      for (path, node) in state.names {
        let patterns = patterns.filter { $0.matches(path) }
        let isMatched = !patterns.isEmpty && !excluded.cover(path)
        if isMatched { matching.formUnion(patterns) }
        guard isMatched || known.contains(state.nodes[node].identity) && isInFolders(path) else { continue }
        let found = Self.found(path, state.nodes[node], isMatched)
        if let other = best[node], (other.isMatched ? 0 : 1, other.path) < (isMatched ? 0 : 1, path) { continue }
        best[node] = found
      }
      paths = best.mapValues(\.path)
      let problems = patterns.filter { !matching.contains($0) }.map { "'\($0.text)' matches no file" }
      return FileSurvey(files: best.values.sorted { $0.path < $1.path }, problems: problems)
    }
  }

  package func changes(within patience: Duration) async throws(LogFilesError) -> FileChanges {
    let deadline = clock.elapsed() + patience
    while true {
      let seen = tree.change.count
      let changes = try faults.perform(.changes) { () throws(LogFilesError) in untold() }
      if changes != .nothing || clock.elapsed() >= deadline { return changes }
      await waitForChange(past: seen, until: deadline)
      if Task.isCancelled { throw .cancelled }
    }
  }

  package func open(_ file: FoundFile) throws(LogFilesError) -> any LogFile {
    try faults.perform(.open) { () throws(LogFilesError) in
      let (node, unreadable) = tree.look { state -> (Int?, String?) in
        guard let node = state.names[file.path], state.nodes[node].identity == file.identity else { return (nil, nil) }
        return (node, state.nodes[node].unreadable)
      }
      guard let node else { throw .notFound(path: file.path) }
      if let unreadable { throw .unreadable(path: file.path, reason: unreadable) }
      return InMemoryLogFile(tree, node: node, file, faults)
    }
  }

  private func untold() -> FileChanges {
    let changes = tree.look { $0.changes[told...] }
    told = changes.endIndex
    var contents: Set<String> = []
    for change in changes {
      switch change {
      case .names: return .anything
      case .content(let node): if let path = paths[node] { contents.insert(path) }
      }
    }
    return contents.isEmpty ? .nothing : .contents(contents)
  }

  private func isInFolders(_ path: String) -> Bool {
    // `!`: the tree takes absolute paths only, which have a slash.
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))!
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return patterns.contains { $0.looksInto(folder) }
  }

  private static func found(_ path: String, _ node: InMemoryFileTree.Node, _ isMatched: Bool) -> FoundFile {
    var obstacle = node.unreadable.map(FoundFile.Obstacle.unreadable)
    if CompressedForm.isTold(byNameOf: path) { obstacle = .compressed }
    if obstacle == nil, case .compressed = CompressedForm.sign(node.content.span) { obstacle = .compressed }
    return FoundFile(
      identity: node.identity, path: path, size: UInt64(node.content.count), isMatched: isMatched, obstacle: obstacle)
  }

  private func waitForChange(past seen: Int, until deadline: Duration) async {
    await withTaskGroup { [change = tree.change, clock] group in
      group.addTask { await change.wait(past: seen) }
      group.addTask {
        // Cancelled when the other task is first: nothing is left to do.
        do throws(CancellationError) { try await clock.sleep(for: deadline - clock.elapsed()) } catch {}
      }
      await group.next()
      group.cancelAll()
    }
  }
}
