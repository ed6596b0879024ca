import Domain

/// What a generator does next, as a function of what has happened: no tasks, no clock, no ports.
struct GenerateFlow {
  enum Action {
    case send(JournaledBatch)
    /// Encode these, and enqueue them.
    case encode([CutBatch])
    /// Begin to wait for a tick: until then nothing is due.
    case startTick
    /// For a tick or a batch that is under way.
    case wait
    case finish
  }

  private(set) var counts = DeliveryCounts()
  private var window: SendWindow
  private var load: LoadGenerator
  private var pacing: Pacing?
  /// Due, and not yet made.
  private var due = 0
  /// Not yet due; nil for no end.
  private var left: Int?
  private var isTicking = false
  private let lookahead: Int

  /// - Parameter start: Elapsed time as `next` gets it.
  init(_ options: GeneratorOptions, start: Duration) {
    window = SendWindow(options.window)
    lookahead = options.window.batches / 2
    load = LoadGenerator(seed: options.seed, only: options.service)
    pacing = options.rate > 0 ? Pacing(rate: options.rate, start: start) : nil
    left = options.count
  }

  mutating func next(now: Timestamp, elapsed: Duration) -> Action {
    if let batch = window.next() { return .send(batch) }
    guard window.queued < max(1, lookahead) else { return .wait }
    takeDue(at: elapsed)
    while due > 0 {
      let made = load.add(due, from: now)
      due -= made
      counts.events += made
      takeDue(at: elapsed)
      // A steady stream is sent as it comes; otherwise, and while more is due, only what is full.
      let batches = load.take(ofAtLeast: due > 0 ? LoadGenerator.batchEvents : 1)
      if !batches.isEmpty { return .encode(batches) }
    }
    if left == 0 { return window.sent > 0 ? .wait : .finish }
    if isTicking { return .wait }
    isTicking = true
    return .startTick
  }

  mutating func ticked() { isTicking = false }

  mutating func enqueue(_ batches: [JournaledBatch]) {
    counts.batches += batches.count
    window.enqueue(batches)
  }

  mutating func settled(_ batch: JournaledBatch, _ outcome: BatchOutcome) {
    window.acknowledged(batch.stream, sequence: batch.sequence)
    counts.settle(batch.eventCount, outcome)
  }

  private mutating func takeDue(at elapsed: Duration) {
    guard due == 0 else { return }
    due = pacing?.take(at: elapsed) ?? LoadGenerator.batchEvents
    guard let left else { return }
    due = min(due, left)
    self.left = left - due
  }
}
