import Domain

/// What following files does next, as a function of what has happened: no tasks, no clock, no ports. Times are
/// `WallClock.elapsed`.
struct TailFlow: Sendable {
  enum Action: Sendable {
    case send(JournaledBatch)
    case close([any LogFile])
    /// Look at all files.
    case survey(known: Set<FileIdentity>)
    /// Read these, cut, keep.
    case round([TurnJob], CopyCandidates)
    /// Keep what the journal did not take.
    case append
    case forget(Set<SourceID>)
    /// Begin to wait for changes, for so long at most.
    case listen(Duration)
    /// For something that is under way.
    case wait
    case finish
  }

  /// How long to listen at most before looking whether something is due.
  private static let attention = (shortest: Duration.milliseconds(20), longest: Duration.milliseconds(500))
  /// Between two looks at all files, however often names change: 10,000 files take some 20 ms.
  private static let surveySpacing = Duration.milliseconds(200)

  var outbox: TailOutbox
  private var roster: FileRoster
  private var figures = TailFigures()
  private let options: TailOptions
  private var open: OpenFiles
  private var closing: [any LogFile] = []
  private var forgetting: Set<SourceID> = []

  private var canCut = false
  private(set) var isInRound = false
  private var isSurveying = false
  private var isListening = false
  private var isStopping = false
  private var isOutOfPatience = false
  private var nextSurvey: Duration
  private var lastSurvey: Duration

  init(_ options: TailOptions, sources: [JournaledSource], pending: [JournalEntry], at now: Duration) {
    self.options = options
    roster = FileRoster(options, sources: sources, at: now)
    outbox = TailOutbox(options, pending: pending)
    open = OpenFiles(limit: options.maximumOpenFiles)
    nextSurvey = now
    lastSurvey = now - Self.surveySpacing
  }

  mutating func next(at now: Duration) -> Action {
    if !isOutOfPatience, let batch = outbox.next() { return .send(batch) }
    if !closing.isEmpty {
      defer { closing = [] }
      return .close(closing)
    }
    if isStopping { return stop() }
    roster.passed(to: now)
    if !outbox.refused.isEmpty {
      if outbox.isAppendDue(at: now) { return .append }
    } else if canRead, roster.hasNews {
      let jobs = roster.takeJobs(open.handles, at: now)
      if !jobs.isEmpty {
        isInRound = true
        return .round(jobs, roster.candidates(for: jobs))
      }
    }
    if !isSurveying, !isInRound, nextSurvey <= now {
      isSurveying = true
      return .survey(known: roster.identities)
    }
    if !forgetting.isEmpty {
      defer { forgetting = [] }
      return .forget(forgetting)
    }
    if !isListening {
      isListening = true
      return .listen(patience(at: now))
    }
    return .wait
  }

  /// Nothing more is read; what was sent may still be acknowledged.
  private mutating func stop() -> Action {
    if isInRound { return .wait }
    if !isOutOfPatience, !outbox.isEmpty { return .wait }
    let handles = open.removeAll()
    return handles.isEmpty ? .finish : .close(handles)
  }

  private var canRead: Bool { canCut && !isInRound && outbox.hasRoom }

  private func patience(at now: Duration) -> Duration {
    var due = nextSurvey
    if let other = roster.nextDue { due = min(due, other) }
    if let other = outbox.nextAppend { due = min(due, other) }
    return max(min(due - now, Self.attention.longest), Self.attention.shortest)
  }

  // MARK: - What has happened

  /// Limits and placement are known: events can be cut.
  mutating func mayCut() { canCut = true }

  mutating func heard(_ changes: FileChanges, at now: Duration) {
    isListening = false
    switch changes {
    case .nothing: break
    case .contents(let paths): roster.changed(paths, at: now)
    case .anything: nextSurvey = min(nextSurvey, lastSurvey + Self.surveySpacing)
    }
  }

  /// - Parameter survey: Nil if it failed.
  mutating func surveyed(_ survey: FileSurvey?, at now: Duration) {
    isSurveying = false
    lastSurvey = now
    nextSurvey = now + options.findInterval
    guard let survey else { return }
    roster.surveyed(survey, at: now)
    closing += open.removeUnused(since: now - options.closeAfter)
    let expired = roster.forgettable(at: now).filter(outbox.isSettled)
    roster.forgot(expired)
    forgetting.formUnion(expired)
  }

  mutating func roundEnded(_ result: TailRound.Result, at now: Duration) {
    isInRound = false
    roster.putBack(result.left)
    for turn in result.turns {
      figures.readBytes += turn.bytes
      figures.events += turn.events
      figures.oversizedEvents += turn.oversizedEvents
      if case .gone = turn.end { nextSurvey = min(nextSurvey, lastSurvey + Self.surveySpacing) }
      let isDone = roster.took(turn, at: now)
      if isDone {
        closing += open.remove(turn.identity)
        if let handle = turn.handle { closing.append(handle) }
      } else if let handle = turn.handle {
        closing += open.keep(handle, of: turn.identity, at: now)
      }
    }
    outbox.appended(result.entries, refusal: result.refusal, at: now)
  }

  mutating func stopRequested() { isStopping = true }

  mutating func patienceEnded() { isOutOfPatience = true }

  mutating func takeNotes() -> [TelemetryEvent] { roster.takeNotes() }

  func currentFigures() -> TailFigures {
    var figures = figures
    figures.files = roster.files.count
    figures.openFiles = open.count
    figures.unreadBytes = Int(clamping: roster.unreadBytes)
    figures.compressedFiles = roster.counts.compressed
    figures.unreadableFiles = roster.counts.unreadable
    outbox.tell(in: &figures)
    return figures
  }
}
