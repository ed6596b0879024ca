import Domain

/// What an import does next, as a function of what has happened: no tasks, no clock, no ports.
///
/// Reading goes on while the send window has room for more; at most one read is under way. It ends with the source or at a
/// bad line; `finish` comes when nothing is left to send or to wait for.
struct ImportFlow {
  enum Action {
    case send(JournaledBatch)
    case read
    /// Encode and keep what was cut.
    case journal(CutEntry)
    /// Keep what the journal had no room for.
    case append(JournalEntry)
    /// For a read or a batch that is under way.
    case wait
    case finish
  }

  private(set) var counts: DeliveryCounts
  /// Why reading ended before the source did.
  private(set) var badLine: BadLine?
  /// Of what the source's size counts, when it was read last.
  private(set) var position = 0
  private var window: SendWindow
  /// Nil when there is nothing more to cut.
  private var cutter: BatchCutter?
  private var isReading = false
  private var isSourceAtEnd = false
  private var refused: JournalEntry?
  /// Whether the journal may have room for `refused` by now.
  private var hasRoom = false
  private let lookahead: Int

  init(_ limits: SendWindow.Limits, counts: DeliveryCounts = DeliveryCounts(), cutter: BatchCutter? = nil) {
    window = SendWindow(limits)
    lookahead = limits.batches
    self.counts = counts
    self.cutter = cutter
  }

  mutating func next() -> Action {
    if let batch = window.next() { return .send(batch) }
    if let refused {
      guard hasRoom else { return .wait }
      self.refused = nil
      return .append(refused)
    }
    if !isReading, window.queued < lookahead {
      if let entry = cut() { return .journal(entry) }
      if cutter != nil {
        isReading = true
        return .read
      }
    }
    return isReading || window.sent > 0 ? .wait : .finish
  }

  /// Batches are in the journal and may be sent.
  mutating func journaled(_ batches: [JournaledBatch], isResent: Bool) {
    counts.add(batches, isResent: isResent)
    window.enqueue(batches)
  }

  /// The journal had no room for `entry`; false if it will never have.
  mutating func hadNoRoom(for entry: JournalEntry) -> Bool {
    if window.isEmpty { return false }
    refused = entry
    hasRoom = false
    return true
  }

  /// A read has ended; nil at the end of the source.
  mutating func read(_ piece: consuming [UInt8]?, position: Int) {
    isReading = false
    self.position = position
    if let piece {
      cutter?.feed(piece)
    } else {
      isSourceAtEnd = true
      cutter?.finish()
    }
  }

  mutating func settled(_ batch: JournaledBatch, _ outcome: BatchOutcome) {
    window.acknowledged(batch.stream, sequence: batch.sequence)
    counts.settle(batch.eventCount, outcome)
    hasRoom = true
  }

  private mutating func cut() -> CutEntry? {
    do throws(BadLine) {
      let entry = try cutter?.next()
      counts.skippedLines = cutter?.skippedLines ?? counts.skippedLines
      if entry == nil, isSourceAtEnd { cutter = nil }
      return entry
    } catch {
      badLine = error
      cutter = nil
      return nil
    }
  }
}
