import Domain

/// What was cut and is not acknowledged, whatever is followed: what the journal has of it, what it refused, and what may be
/// sent now. No tasks, no clock, no ports.
struct TailOutbox: Sendable {
  /// Before the journal is asked again to keep what it could not.
  private static let appendPause = Duration.seconds(1)

  private(set) var counts = DeliveryCounts()
  /// What the journal did not take, as it is to be kept.
  private(set) var refused: [JournalEntry] = []
  /// When to try `refused` again, if nothing is acknowledged before; nil to try now.
  private var appendTime: Duration?
  private var window: SendWindow
  private var spool = TailSpool()
  private let spoolBytes: Int
  private var acknowledgedBatches = 0

  /// - Parameter pending: What the journal has of earlier runs.
  init(_ options: TailOptions, pending: [JournalEntry]) {
    window = SendWindow(options.window)
    spoolBytes = options.spoolBytes
    keep(pending, isResent: true)
  }

  /// Whether all that the journal has is acknowledged.
  var isEmpty: Bool { window.isEmpty }
  /// Whether nothing that the journal has can make room for what it refused.
  var isSpoolEmpty: Bool { spool.bytes == 0 }
  /// Whether more may be cut.
  var hasRoom: Bool { spool.bytes < spoolBytes }
  /// When `refused` is due though nothing may be acknowledged; nil if there is none, or if it is due now.
  var nextAppend: Duration? { refused.isEmpty ? nil : appendTime }

  func isAppendDue(at now: Duration) -> Bool { !refused.isEmpty && appendTime.map { $0 <= now } ?? true }

  func isSettled(_ source: SourceID) -> Bool { spool.isSettled(source) }

  /// The next batch to send, now counted as sent.
  mutating func next() -> JournaledBatch? { window.next() }

  /// The journal was asked to keep entries.
  mutating func appended(_ entries: [JournalEntry], refusal: AgentJournalError?, at now: Duration) {
    if refusal == nil {
      refused = []
      keep(entries, isResent: false)
    } else {
      refused = entries
      appendTime = now + Self.appendPause
    }
  }

  mutating func settled(_ batch: JournaledBatch, _ outcome: BatchOutcome) {
    window.acknowledged(batch.stream, sequence: batch.sequence)
    spool.settled(batch)
    counts.settle(batch.eventCount, outcome)
    acknowledgedBatches += 1
    appendTime = nil
  }

  func tell(in figures: inout TailFigures) {
    figures.acknowledgedEvents = counts.settledEvents
    figures.acknowledgedBatches = acknowledgedBatches
    figures.batches = counts.batches
    figures.spoolBytes = spool.bytes
    figures.spoolLimit = spoolBytes
    figures.batchesInFlight = window.sent
  }

  private mutating func keep(_ entries: [JournalEntry], isResent: Bool) {
    for entry in entries {
      spool.add(entry)
      counts.add(entry.batches, isResent: isResent)
      window.enqueue(entry.batches)
    }
  }
}
