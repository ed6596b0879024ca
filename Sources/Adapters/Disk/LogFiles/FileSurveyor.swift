import Application
import Domain
import Threads

/// Looks at all files, one look at a time, and keeps what makes the next one cheap.
actor FileSurveyor {
  /// Problems told of one look; of more it is said how many there are.
  static let maximumProblems = 100

  private let configuration: DiskLogFilesConfiguration
  private let patterns: PatternTree
  private let tree: any FileTree
  private let watch: FolderWatch
  private var links = LinkTargets()
  private var verdicts = CompressionVerdicts()

  init(_ configuration: DiskLogFilesConfiguration, _ patterns: PatternTree, _ tree: any FileTree, _ watch: FolderWatch)
  {
    self.configuration = configuration
    self.patterns = patterns
    self.tree = tree
    self.watch = watch
  }

  /// Blocks: runs on the pool, as the caller prefers.
  func survey(known: Set<FileIdentity>) throws(LogFilesError) -> FileSurvey {
    let start = ContinuousClock.now
    watch.surveyBegins()
    do throws(LogFilesError) {
      let (survey, folders) = try look(known)
      watch.surveyEnds(folders, after: .now - start)
      return survey
    } catch {
      watch.surveyEnds(nil, after: .now - start)
      throw error
    }
  }

  private func look(
    _ known: Set<FileIdentity>
  ) throws(LogFilesError) -> (FileSurvey, [FolderEvents.Watch: WatchedFolder]) {
    var walk = FolderWalk(
      tree, patterns, excluded: configuration.excluded, known: known, links: links, watch: watch.watch)
    links = try walk.run()
    if !walk.sawSomething, let failure = walk.failure { throw LogFilesError(failure) }
    var problems = walk.problems
    let chosen = choose(walk.finds, known, &problems)
    var files = chosen.values.map { find in
      FoundFile(
        identity: find.state.identity, path: find.path, size: find.state.size, isMatched: find.isMatched,
        obstacle: find.isMatched ? verdicts.obstacle(of: find, tree) : nil)
    }
    verdicts.endSurvey()
    files.sort { $0.path < $1.path }
    addCommonProblems(walk, &problems)
    return (FileSurvey(files: files, problems: problems), folders(walk, chosen))
  }

  /// For each file the name it is told by: one that a pattern matches, and of those the first.
  private func choose(
    _ finds: [FolderWalk.Find], _ known: Set<FileIdentity>, _ problems: inout [String]
  ) -> [FileIdentity: FolderWalk.Find] {
    var chosen: [FileIdentity: FolderWalk.Find] = [:]
    chosen.reserveCapacity(finds.count)
    for find in finds where find.isMatched || known.contains(find.state.identity) {
      guard let other = chosen[find.state.identity] else {
        chosen[find.state.identity] = find
        continue
      }
      if other.state.device != find.state.device {
        let path = max(other.path, find.path)
        problems.append("'\(path)' has the number of another file on another device and is not followed")
      }
      if (other.isMatched ? 0 : 1, other.path) > (find.isMatched ? 0 : 1, find.path) {
        chosen[find.state.identity] = find
      }
    }
    return chosen
  }

  private func addCommonProblems(_ walk: FolderWalk, _ problems: inout [String]) {
    for (number, pattern) in configuration.patterns.enumerated() where !walk.matchedPatterns.contains(number) {
      problems.append("'\(pattern.text)' matches no file")
    }
    if problems.count > Self.maximumProblems {
      let rest = problems.count - Self.maximumProblems
      problems.removeLast(rest)
      problems.append("and \(rest) more problems of this kind")
    }
    if watch.unwatched > 0 {
      problems.append(
        "\(watch.unwatched) folders cannot be watched and are looked at every second instead: raise "
          + "fs.inotify.max_user_watches or fs.inotify.max_user_instances")
    }
  }

  private func folders(
    _ walk: FolderWalk, _ chosen: [FileIdentity: FolderWalk.Find]
  ) -> [FolderEvents.Watch: WatchedFolder] {
    var folders: [FolderEvents.Watch: WatchedFolder] = [:]
    for watched in walk.watched { folders[watched.watch, default: WatchedFolder()].places += watched.places }
    // Also the names that were not chosen: events are told by the name that the writer opened.
    for find in walk.finds {
      guard let watch = find.watch, let told = chosen[find.state.identity] else { continue }
      folders[watch, default: WatchedFolder()].files[find.name] = told.path
    }
    return folders
  }
}
