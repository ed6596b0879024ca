import Application
import Domain
import RecentEventsSourceContract

/// An owner small enough to be seen right, with its log and its commits, and one thing wrong or nothing.
actor FaultySource: RecentEventsSource {
  private struct Waiter {
    let offset: Int
    let deadline: Duration
    let continuation: CheckedContinuation<Void, Never>
  }

  nonisolated let partition = PartitionID(3)
  nonisolated let fault: Fault?
  private let epoch = LogEpoch(Identifier128(high: 0, low: 1))
  private var log: [EncodedRecord] = []
  private var isOwner = false
  private var wasOwner = false
  private var isHalted = false
  private var isStalled = false
  /// Everything below was read.
  private var position = 0
  private var watermark = 0
  /// Where a commit that is under way ends.
  private var committing: Int?
  private var elapsed = Duration.zero
  private var nextTicket = 0
  private var waiting: [Int: Waiter] = [:]

  init(_ fault: Fault?) { self.fault = fault }

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    if partition != self.partition, fault != .answersForAnyPartition { throw .noOwner(partition) }
    try checkOwner()
    let end = fault == .remembersTheLogEnd ? position : log.count
    await reach(end, within: patience)
    if Task.isCancelled, fault != .ignoresCancellation {
      throw fault == .callsCancellationTrouble ? .unavailable(reason: "cancelled") : .cancelled
    }
    try checkOwner()
    if fault == .givesUpWithNothing, patience > .zero, position < end { throw .unavailable(reason: "too slow") }
    if fault == .needsEvents, log.isEmpty { throw .unavailable(reason: "nothing there") }
    let batches = batches().filter { batch in
      let stream = batch.events.header.stream
      return (stream.tenant == tenant || fault == .mixesTenants)
        && (service == nil ? fault != .needsAService : stream.service == service || fault == .mixesServices)
        && isIn(range, batch.events.timeSpan)
    }
    return RecentAnswer(
      epoch: epoch, gaps: [], from: UInt64(from), end: UInt64(position), logEnd: UInt64(end),
      batches: fault == .answersNewestFirst ? batches.reversed() : batches)
  }

  private func checkOwner() throws(RecentEventsError) {
    if isHalted { throw fault == .hidesThatItStopped ? .noOwner(partition) : .stopped(partition, reason: "halted") }
    let ownsAnyway = wasOwner ? fault == .ownsAfterItEnded : fault == .ownsBeforeItRuns
    if !isOwner, !ownsAnyway { throw .noOwner(partition) }
  }

  private var from: Int {
    if fault == .keepsWhatIsCommitted { return 0 }
    return fault == .movesBeforeTheCommit ? committing ?? watermark : watermark
  }

  private func batches() -> [RecentAnswer.Batch] {
    let start = fault == .hidesWhatIsBeingCommitted ? max(from, committing ?? 0) : from
    var seen: Set<UInt64> = []
    let batches = (start..<max(start, position)).compactMap { offset -> RecentAnswer.Batch? in
      guard let events = try? EventBatch(log[offset]) else { return nil }
      guard seen.insert(events.header.sequence).inserted || fault == .keepsRepeats else { return nil }
      return RecentAnswer.Batch(offset: UInt64(offset), events: events)
    }
    return fault == .losesTheNewest ? batches.dropLast() : batches
  }

  private func isIn(_ range: TimeRange, _ span: ClosedRange<Timestamp>?) -> Bool {
    guard let span else { return false }
    if fault == .ignoresTheRange { return true }
    let reachesIn = fault == .takesTheRangeAsClosed ? span.lowerBound <= range.end : span.lowerBound < range.end
    return reachesIn && span.upperBound >= range.start
  }

  // MARK: Waiting

  private func reach(_ offset: Int, within patience: Duration) async {
    guard patience > .zero, position < offset, fault != .answersAtOnce else { return }
    if fault == .refusesCrowds, waiting.count >= 10 { return }
    nextTicket += 1
    let ticket = nextTicket
    await withTaskCancellationHandler {
      await withCheckedContinuation {
        waiting[ticket] = Waiter(offset: offset, deadline: elapsed + patience, continuation: $0)
      }
    } onCancel: {
      Task { await leave(ticket) }
    }
  }

  private func leave(_ ticket: Int) {
    if fault == .ignoresCancellation { return }
    resume { $0 == ticket || fault == .endsAllWithOne }
  }

  private func resume(where isDone: (Int) -> Bool) {
    for ticket in waiting.keys where isDone(ticket) { waiting.removeValue(forKey: ticket)?.continuation.resume() }
  }

  private func read() {
    guard isOwner, !isStalled else { return }
    position = log.count
    resume { waiting[$0].map { $0.offset <= position } ?? false }
  }

  /// Answers whoever still waits, so that a test of a fault leaves nothing behind.
  func letGo() { resume { _ in true } }
}

extension FaultySource: RecentEventsSourceStage {
  nonisolated var source: any RecentEventsSource { self }
  nonisolated var limit: Duration { fault?.keepsWaiting == true ? .seconds(1) : .seconds(20) }

  func start() {
    isOwner = true
    wasOwner = true
    position = fault == .startsAtZero ? 0 : watermark
    if fault == .startsAtZero { watermark = 0 }
    read()
  }

  func stop() {
    watermark = position
    isOwner = false
    if fault != .leavesQuestionsOpen { resume { _ in true } }
  }

  func append(_ record: EncodedRecord) {
    log.append(record)
    read()
  }

  func stallReading() { isStalled = true }

  func resumeReading() {
    isStalled = false
    read()
  }

  func beginCommit() { committing = position }

  func finishCommit() {
    watermark = committing ?? watermark
    committing = nil
  }

  func waitForQuestions(_ count: Int) async {
    let end = ContinuousClock.now + limit
    while waiting.count < count, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(1)) }
  }

  func pass(_ duration: Duration) {
    elapsed += duration
    guard fault != .waitsForEver else { return }
    resume { waiting[$0].map { $0.deadline <= elapsed } ?? false }
  }

  func halt() { isHalted = true }
}
