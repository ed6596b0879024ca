import Domain

/// What following a stream does next, as a function of what has happened: no tasks, no clock, no ports. Times are
/// `WallClock.elapsed`.
struct StreamFlow: Sendable {
  enum Action: Sendable {
    case send(JournaledBatch)
    case read
    /// Let the stream end.
    case close
    /// Cut this, and keep it.
    case round(StreamPortion)
    /// Keep what the journal did not take.
    case append
    /// Wait so long, or for something that is under way.
    case pause(Duration)
    /// For something that is under way.
    case wait
    case finish
  }

  /// How long to pause at most: what comes meanwhile may be due earlier.
  private static let attention = Duration.milliseconds(100)

  var outbox: TailOutbox
  private var figures = TailFigures()
  private let options: TailOptions
  private var buffer: StreamBuffer

  private var canCut = false
  private(set) var isInRound = false
  private var isReading = false
  private var isPausing = false
  /// Whether the stream gives no more.
  private var isOver = false
  private var isClosed = false
  private(set) var isStopping = false
  private var isOutOfPatience = false
  /// When what has come is to be cut; nil if nothing has come since it was cut last.
  private var gatherEnd: Duration?
  /// When what was left of the last cut is to be given out as it is; nil if nothing was.
  private var restEnd: Duration?

  /// - Parameter offset: How much of the stream is in the journal.
  init(_ options: TailOptions, offset: UInt64, pending: [JournalEntry]) {
    self.options = options
    outbox = TailOutbox(options, pending: pending)
    buffer = StreamBuffer(offset: offset)
  }

  mutating func next(at now: Duration) -> Action {
    if !isOutOfPatience, let batch = outbox.next() { return .send(batch) }
    if isStopping, !isClosed {
      isClosed = true
      return .close
    }
    if !outbox.refused.isEmpty {
      if !isOutOfPatience, outbox.isAppendDue(at: now) { return .append }
    } else if canCut, !isInRound, isDue(at: now), isStopping || outbox.hasRoom {
      isInRound = true
      gatherEnd = nil
      defer { restEnd = nil }
      return .round(buffer.take(isDue: isEnding || restEnd.map { $0 <= now } ?? false))
    }
    // One piece before anything can be cut: a stream of nothing ends without a server.
    if !isReading, !isOver, !isStopping, canCut ? buffer.count < capacity : buffer.count == 0 {
      isReading = true
      return .read
    }
    if isDone { return .finish }
    if !isPausing, let due = [gatherEnd, restEnd, outbox.nextAppend].compactMap(\.self).min(), due > now {
      isPausing = true
      return .pause(min(due - now, Self.attention))
    }
    return .wait
  }

  /// Bytes at which it is read no further before they are cut: a whole event at least.
  private var capacity: Int {
    max(options.turn.roundBytes, options.lines.maximumEventBytes + TurnReader.lineEndBytes)
  }

  /// Whether nothing comes any more.
  private var isEnding: Bool { isOver || (isStopping && !isReading) }

  private func isDue(at now: Duration) -> Bool {
    if buffer.count == 0 { return false }
    if isEnding || buffer.count >= capacity { return true }
    return [gatherEnd, restEnd].contains { $0.map { $0 <= now } ?? false }
  }

  private var isDone: Bool {
    if isInRound || isReading { return false }
    if isOutOfPatience { return true }
    if isStopping, !canCut { return outbox.isEmpty }
    return isEnding && buffer.count == 0 && outbox.refused.isEmpty && outbox.isEmpty
  }

  // MARK: - What has happened

  /// Limits and placement are known: events can be cut. Before that one piece is read.
  mutating func mayCut() { canCut = true }

  /// - Parameter piece: Nil at the end.
  mutating func read(_ piece: LogStreamPiece?, at now: Duration) {
    isReading = false
    guard let piece else {
      isOver = true
      return
    }
    buffer.add(piece)
    if gatherEnd == nil { gatherEnd = now + options.batchWait }
    restEnd = nil
  }

  mutating func roundEnded(_ result: StreamRound.Result, at now: Duration) {
    isInRound = false
    buffer.putBack(result.rest)
    if !result.rest.isEmpty, gatherEnd == nil {
      restEnd = now + (buffer.endsWithLine ? options.multilineTimeout : options.partialLineTimeout)
    }
    figures.readBytes += result.bytes
    figures.events += result.events
    figures.oversizedEvents += result.oversizedEvents
    outbox.appended(result.entries, refusal: result.refusal, at: now)
  }

  mutating func pauseEnded() { isPausing = false }

  mutating func stopRequested() { isStopping = true }

  mutating func patienceEnded() { isOutOfPatience = true }

  func currentFigures() -> TailFigures {
    var figures = figures
    figures.unreadBytes = buffer.count
    outbox.tell(in: &figures)
    return figures
  }
}
