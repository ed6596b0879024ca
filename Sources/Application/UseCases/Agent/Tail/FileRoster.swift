/// The files that are followed, the sources that are known, and which of them belong together: no I/O, no clock.
///
/// A source belongs to one file at most. A found file goes on with the newest source of its identity, as long as its content
/// is that source's; with one of another identity, if it is a copy that a rotation made and the original is gone or was
/// truncated; else it begins a source of its own.
struct FileRoster: Sendable {
  private(set) var files: [FileIdentity: FollowedFile] = [:]
  private(set) var loose = LooseSources()
  private(set) var counts = FileCounts()
  private var notes: [TelemetryEvent] = []
  private var byPath: [String: FileIdentity] = [:]
  private var queue = TurnQueue()
  /// Files of which something is due though they may not change.
  private var waiting: Set<FileIdentity> = []
  private let options: TailOptions
  /// Whether files may be begun at their end: at the first look of a new journal.
  private var mayStartAtEnd: Bool

  /// - Parameter sources: All that the journal knows; those that are no followed files are passed over.
  init(_ options: TailOptions, sources: [JournaledSource], at now: Duration) {
    self.options = options
    let known = sources.compactMap(FollowedSource.init)
    mayStartAtEnd = options.startsAtEnd && known.isEmpty
    for source in known { loose.add(source, at: now) }
  }

  /// Of what is followed, or was when the agent ran last: to be found under whatever name.
  var identities: Set<FileIdentity> { loose.identities.union(files.keys) }
  var hasNews: Bool { !queue.isEmpty }
  var unreadBytes: UInt64 { files.values.reduce(0) { $0 + $1.unreadBytes } }

  /// What an operator should know, since it was asked last.
  mutating func takeNotes() -> [TelemetryEvent] {
    defer { notes.removeAll() }
    return notes
  }

  // MARK: - What is there

  mutating func surveyed(_ survey: FileSurvey, at now: Duration) {
    var seen: Set<FileIdentity> = []
    counts.compressed = 0
    counts.unreadable = 0
    byPath.removeAll(keepingCapacity: true)
    for found in survey.files {
      seen.insert(found.identity)
      byPath[found.path] = found.identity
      if case .compressed = found.obstacle, files[found.identity] == nil {
        counts.compressed += 1
        continue
      }
      if case .unreadable = found.obstacle { counts.unreadable += 1 }
      notice(found, at: now)
    }
    mayStartAtEnd = false
    for identity in files.keys where !seen.contains(identity) { miss(identity, at: now) }
    for lost in loose.expireUnread(at: now, after: options.copySettle + options.findInterval) {
      lose(lost.bytes, of: lost.path)
    }
  }

  mutating func changed(_ paths: Set<String>, at now: Duration) {
    for path in paths {
      guard let identity = byPath[path] else { continue }
      files[identity]?.lastChange = now
      queue.add(identity)
    }
  }

  /// Time has come so far: what waited for it is due.
  mutating func passed(to now: Duration) {
    for identity in waiting where files[identity].flatMap({ due($0) }).map({ $0 <= now }) ?? true {
      queue.add(identity)
    }
  }

  /// When something is due though nothing may change.
  var nextDue: Duration? { waiting.compactMap { files[$0].flatMap(due) }.min() }

  /// Sources without a file that were remembered long enough.
  func forgettable(at now: Duration) -> Set<SourceID> { loose.expired(at: now, after: options.forgetAfter) }

  mutating func forgot(_ sources: Set<SourceID>) { loose.remove(sources) }

  private mutating func notice(_ found: FoundFile, at now: Duration) {
    var file = files[found.identity] ?? fresh(found, at: now)
    let wasMissing = file.isMissing
    file.notice(found, at: now)
    file.isMissing = false
    files[found.identity] = file
    guard file.rest?.size != found.size else { return }
    if found.size != file.offset || wasMissing { queue.add(found.identity) }
  }

  /// A file that was not followed before: with the newest source of its identity, if one is known.
  private mutating func fresh(_ found: FoundFile, at now: Duration) -> FollowedFile {
    var file = FollowedFile(found, at: now)
    file.startsAtEnd = mayStartAtEnd && found.size > 0
    if let newest = loose.newest(of: found.identity) {
      file.source = loose.take(newest)
      file.generation = newest.generation + 1
    }
    return file
  }

  private mutating func miss(_ identity: FileIdentity, at now: Duration) {
    if files[identity]?.isMissing == false {
      files[identity]?.isMissing = true
      files[identity]?.lastChange = now
      waiting.insert(identity)
    }
    // If it is open it is read to its end, and else dropped.
    queue.add(identity)
  }

  // MARK: - Turns

  /// Takes files with news out of the queue.
  ///
  /// - Parameter handles: Of the files that are open.
  mutating func takeJobs(_ handles: [FileIdentity: any LogFile], at now: Duration) -> [TurnJob] {
    var taken: [FollowedFile] = []
    while taken.count < options.turn.roundFiles, let identity = queue.next() {
      guard let file = files[identity] else { continue }
      if file.isMissing, handles[identity] == nil { drop(file, at: now) } else { taken.append(file) }
    }
    let limit = options.turn.bytes(ofOneIn: taken.count)
    return taken.map { file in
      TurnJob(
        found: file.found, handle: handles[file.found.identity], source: file.source, memory: file.memory,
        generation: file.generation, verifiesHead: !file.isVerified, mayBeCopy: !file.isOriginal,
        startsAtEnd: file.startsAtEnd, limit: limit, restDueAt: dueRest(file, at: now))
    }
  }

  /// What may be copied, for the files of `jobs` that have no source yet.
  func candidates(for jobs: [TurnJob]) -> CopyCandidates {
    guard jobs.contains(where: { $0.source == nil && $0.mayBeCopy }) else { return CopyCandidates() }
    let attached = files.values.compactMap(\.source)
    return CopyCandidates(
      loose.sources.map { CopyCandidates.Candidate(source: $0, isAttached: false) }
        + attached.map { CopyCandidates.Candidate(source: $0, isAttached: true) })
  }

  /// No turn was taken of these.
  mutating func putBack(_ identities: [FileIdentity]) {
    for identity in identities { queue.add(identity) }
  }

  /// What a turn cut is in the journal, or will be before another is taken.
  ///
  /// - Returns: Whether the file's handle is of no more use.
  mutating func took(_ turn: TurnResult, at now: Duration) -> Bool {
    guard var file = files[turn.identity] else { return true }
    var isDone = false
    switch turn.end {
    case .read: isDone = read(turn, &file, at: now)
    case .replaced: replace(turn, &file, at: now)
    case .copy(let name): adopt(name, turn, &file, at: now)
    case .growingCopy(let names, let isCopy): hold(&file, as: names, turn.size, isCopy: isCopy, at: now)
    case .gone: isDone = true
    case .failed(let obstacle):
      isDone = true
      if case .unreadable(let reason) = obstacle { note(.fileFailed(path: file.found.path, reason: reason)) }
    case .unavailable(let reason): note(.fileFailed(path: file.found.path, reason: reason))
    }
    files[turn.identity] = file
    if due(file) == nil { waiting.remove(turn.identity) } else { waiting.insert(turn.identity) }
    if isDone, file.isMissing { drop(file, at: now) }
    return isDone
  }

  private mutating func read(_ turn: TurnResult, _ file: inout FollowedFile, at now: Duration) -> Bool {
    let before = file.rest
    file.source = turn.source
    file.memory = turn.memory
    file.isVerified = true
    file.isOriginal = true
    file.startsAtEnd = false
    file.hold = nil
    file.notice(size: turn.size, at: now)
    file.rest = turn.rest.map { rest in
      let since = before?.size == rest.size ? before?.since ?? now : now
      return FollowedFile.Rest(size: rest.size, since: since, endsWithLine: rest.endsWithLine)
    }
    file.isDeleted = turn.isDeleted
    if turn.hasMore {
      queue.add(turn.identity)
      return false
    }
    return file.isMissing && file.rest == nil && quietEnd(of: file) <= now
  }

  /// The file has other content than its source: it was truncated, or written anew.
  private mutating func replace(_ turn: TurnResult, _ file: inout FollowedFile, at now: Duration) {
    guard let source = file.source else { return }
    let unread = file.missedBytes
    file.forgetContent()
    file.generation = max(file.generation, source.name.generation + 1)
    file.notice(size: turn.size, at: now)
    loose.add(source, unread: unread, at: now)
    note(.fileTruncated(path: file.found.path, offset: source.offset, size: turn.size))
    // One that no pattern matches was followed for its content only.
    if file.found.isMatched { queue.add(turn.identity) } else { file.isMissing = true }
    // Copies may have waited for this.
    for (identity, other) in files where other.hold != nil { queue.add(identity) }
  }

  /// The file has the content of `name` up to where that was read.
  private mutating func adopt(_ name: FollowedName, _ turn: TurnResult, _ file: inout FollowedFile, at now: Duration) {
    guard let source = loose.take(name) else {
      return hold(&file, as: [name], turn.size, isCopy: false, at: now)
    }
    file.source = source
    file.isOriginal = true
    file.isVerified = true
    file.hold = nil
    file.notice(size: turn.size, at: now)
    queue.add(turn.identity)
  }

  private mutating func hold(
    _ file: inout FollowedFile, as names: [FollowedName], _ size: UInt64, isCopy: Bool, at now: Duration
  ) {
    let before = file.hold
    let lastGrowth = before?.size == size ? before?.lastGrowth ?? now : now
    let hold = FollowedFile.Hold(since: before?.since ?? now, size: size, lastGrowth: lastGrowth, isCopy: isCopy)
    file.notice(size: size, at: now)
    guard now < end(of: hold) else {
      file.hold = nil
      file.isOriginal = true
      queue.add(file.found.identity)
      return
    }
    file.hold = hold
    if before != nil { return }
    // Whether the original is still what it was decides: look, though nothing else asks for it.
    for (identity, other) in files {
      guard let source = other.source, names.contains(source.name) else { continue }
      files[identity]?.isVerified = false
      queue.add(identity)
    }
  }

  /// A file that is not there any more.
  private mutating func drop(_ file: FollowedFile, at now: Duration) {
    files[file.found.identity] = nil
    waiting.remove(file.found.identity)
    if let source = file.source {
      loose.add(source, unread: file.missedBytes, at: now)
    } else {
      lose(file.missedBytes, of: file.found.path)
    }
  }

  // MARK: - Waiting

  private func due(_ file: FollowedFile) -> Duration? {
    var due = file.rest.map(restDue)
    if let hold = file.hold { due = min(due ?? end(of: hold), end(of: hold)) }
    if file.isMissing { due = min(due ?? quietEnd(of: file), quietEnd(of: file)) }
    return due
  }

  /// Somebody may still write to a file without a name: it is done with when nobody has for a while.
  private func quietEnd(of file: FollowedFile) -> Duration {
    file.lastChange + (file.isDeleted ? options.partialLineTimeout : options.closeAfter)
  }

  private func restDue(_ rest: FollowedFile.Rest) -> Duration {
    rest.since + (rest.endsWithLine ? options.multilineTimeout : options.partialLineTimeout)
  }

  private func dueRest(_ file: FollowedFile, at now: Duration) -> UInt64? {
    file.rest.flatMap { restDue($0) <= now ? $0.size : nil }
  }

  private func end(of hold: FollowedFile.Hold) -> Duration {
    (hold.isCopy ? hold.lastGrowth : hold.since) + options.copySettle
  }

  private mutating func lose(_ bytes: UInt64, of path: String) {
    guard bytes > 0 else { return }
    note(.fileLost(path: path, bytes: bytes))
  }

  private mutating func note(_ event: TelemetryEvent) { notes.append(event) }
}
