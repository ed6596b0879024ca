import Application
import InMemoryAdapter
import LogFilesContract

/// Breaks one promise of the files behind it, or none.
actor FlawedLogFiles: LogFiles {
  private let base: InMemoryLogFiles
  private let flaw: LogFilesPromise?
  private var earlier: [FoundFile]?

  init(_ base: InMemoryLogFiles, breaking flaw: LogFilesPromise?) {
    self.base = base
    self.flaw = flaw
  }

  func find(known: Set<FileIdentity>) async throws(LogFilesError) -> FileSurvey {
    let known = flaw == .findsKnownFilesUnderOtherNames ? [] : known
    let survey = try await base.find(known: known)
    let problems = flaw == .tellsPatternsThatMatchNothing ? [] : survey.problems
    defer { earlier = earlier ?? survey.files }
    return FileSurvey(files: flawed(survey.files, known), problems: problems)
  }

  func changes(within patience: Duration) async throws(LogFilesError) -> FileChanges {
    switch flaw {
    case .losesPatience: return .nothing
    case .tellsWhatHappenedBefore:
      _ = try await base.changes(within: .zero)
      return .nothing
    case .stopsWaitingWhenCancelled:
      do throws(LogFilesError) { return try await base.changes(within: patience) } catch { return .nothing }
    default: break
    }
    let changes = try await base.changes(within: patience)
    switch (changes, flaw) {
    case (.contents, .tellsChangedContent), (.anything, .tellsNewNames): return .nothing
    default: return changes
    }
  }

  func open(_ file: FoundFile) async throws(LogFilesError) -> any LogFile {
    var file = file
    if flaw == .refusesToOpenAnotherFile { file = try await now(at: file.path) ?? file }
    return try await FlawedLogFile(base.open(file), file, base, breaking: flaw)
  }

  private func flawed(_ files: [FoundFile], _ known: Set<FileIdentity>) -> [FoundFile] {
    switch flaw {
    case .findsWhatPatternsMatch: files.reversed()
    case .findsFilesAtAnyDepth: files.filter { $0.path.count { $0 == "/" } < 4 }
    case .findsNothingInAnEmptyFolder: known.map { FoundFile(identity: $0, path: "/a", size: 0, isMatched: false) }
    case .findsEachFileOnce: files + files
    case .findsNewFiles: earlier ?? files
    case .forgetsDeletedFiles: files.isEmpty ? earlier ?? [] : files
    case .tellsCompressedFiles: files.map { $0.with(obstacle: .some(nil)) }
    case .keepsOddNames: files.filter { !$0.path.contains("\n") }
    case .keepsTheIdentityOfRenamedFiles:
      files.map { $0.with(identity: FileIdentity(inode: UInt64($0.path.utf8.count), birth: 0)) }
    case .givesNewFilesAnotherIdentity: files.map { $0.with(identity: FileIdentity(inode: 1, birth: 0)) }
    case .prefersMatchedNames: known.isEmpty ? files : files.map { $0.with(path: "/logs/a.log.1") }
    default: files
    }
  }

  private func now(at path: String) async throws(LogFilesError) -> FoundFile? {
    try await base.find(known: []).files.first { $0.path == path }
  }
}

extension FoundFile {
  fileprivate func with(
    identity: FileIdentity? = nil, path: String? = nil, obstacle: Obstacle?? = .none
  ) -> FoundFile {
    FoundFile(
      identity: identity ?? self.identity, path: path ?? self.path, size: size, isMatched: isMatched,
      obstacle: obstacle ?? self.obstacle)
  }
}
