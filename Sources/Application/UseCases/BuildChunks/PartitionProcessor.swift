package import Domain

/// Owns one partition: reads its log, drops repeats, packs what is left into objects, commits, and answers about what is
/// not committed yet.
///
/// Everything that it decides is in `PartitionLedger`; this actor does the waiting. Reading goes on while a flush is
/// written, within the bounds of `BuildChunksConfiguration`.
package actor PartitionProcessor<Codec: BlockCompression, Digest: ObjectDigest>: RecentEventsSource {
  package nonisolated let partition: PartitionID
  let ports: BuildChunksPorts
  private let configuration: BuildChunksConfiguration
  private let memory: MemoryShare
  private let writer: FlushWriter<Codec, Digest>
  private let gaps: GapWriter
  var ledger: PartitionLedger?
  private var stopReason: String?
  var indexWatch = IndexWatch()
  private var flush: Task<PartitionInterruption?, Never>?
  /// The pause before a flush that failed is written again.
  private var flushPause: Task<Void, Never>?
  /// A flush that fails now is not written again: the partition is being given up.
  private var givesFlushUp = false
  /// Why the last flush failed; it then ends this stretch of owning the partition.
  private var flushInterruption: PartitionInterruption?
  /// A flush was committed since the partition was taken over: what failed next is a new trouble.
  private var hasCommitted = false
  /// When the oldest open record was taken, by the clock's `elapsed`.
  var openSince: Duration?
  private var progress = ProgressGate()

  package init(
    partition: PartitionID, ports: BuildChunksPorts, configuration: BuildChunksConfiguration, memory: MemoryShare,
    encoder: FlushEncoder<Codec, Digest>
  ) {
    self.partition = partition
    self.ports = ports
    self.configuration = configuration
    self.memory = memory
    writer = FlushWriter(ports: ports, encoder: encoder)
    gaps = GapWriter(ports: ports)
  }

  /// Works until the task is cancelled; then writes what is open and returns.
  package func run() async {
    var wait = configuration.retryWait
    while !Task.isCancelled {
      hasCommitted = false
      let interruption = await own()
      if hasCommitted { wait = configuration.retryWait }
      await release()
      switch interruption {
      case .cancelled: return
      case .lost:
        ports.telemetry.record(.flushLost(partition: partition))
        wait = configuration.retryWait
      case .retry(let reason):
        ports.telemetry.record(.flushFailed(partition: partition, reason: reason))
        wait = min(wait * 2, configuration.maximumRetryWait)
      case .moved(let reason):
        // Whoever asks meanwhile finds no owner.
        ports.telemetry.record(.flushFailed(partition: partition, reason: reason))
        wait = configuration.retryWait
      case .stopped(let reason):
        ports.telemetry.record(.partitionStopped(partition: partition, reason: reason))
        stopReason = reason
        wait = configuration.stoppedWait
      }
      do throws(CancellationError) { try await ports.clock.sleep(for: wait) } catch { return }
    }
  }

  private func own() async -> PartitionInterruption {
    do throws(PartitionInterruption) {
      try await takeOver()
      while true { try await step() }
    } catch { return error }
  }

  /// Starts from what the index says, and says in it what the log has lost meanwhile.
  private func takeOver() async throws(PartitionInterruption) {
    guard var (state, generation) = try await wholeIndex() else {
      return await takeOverWithoutIndex(try await bounds())
    }
    if let epoch = state.epoch { try await expectLog(reaches: state.watermark, in: epoch) }
    let bounds = try await bounds()
    if let epoch = state.epoch, epoch != bounds.epoch { throw .replaced(by: bounds.epoch, epoch, partition) }
    if state.watermark < bounds.start {
      let reason = "the log begins at \(bounds.start), above \(state.watermark), up to which it was committed"
      try await commitGap(behind: state, generation, epoch: bounds.epoch, to: bounds.start, reason)
      (state, generation) = try await indexed()
    }
    if state.standsOnGap { try await gaps.secure(partition) }
    begin(PartitionLedger(partition: partition, generation: generation, epoch: bounds.epoch, state: state))
    await trimLog()
  }

  /// The partition is owned from here on.
  func begin(_ ledger: PartitionLedger) {
    self.ledger = ledger
    stopReason = nil
    openSince = nil
    givesFlushUp = false
    indexWatch = IndexWatch()
  }

  private func indexed() async throws(PartitionInterruption) -> (PartitionState, Generation) {
    guard let indexed = try await wholeIndex() else { throw .moved(reason: IndexWatch.noGeneration) }
    return indexed
  }

  private func expectLog(reaches end: UInt64, in epoch: LogEpoch) async throws(PartitionInterruption) {
    do throws(EventLogError) { try await ports.log.expect(partition, reaches: end, in: epoch) } catch {
      throw PartitionInterruption(error)
    }
  }

  private func bounds() async throws(PartitionInterruption) -> LogBounds {
    do throws(EventLogError) { return try await ports.log.bounds(of: partition) } catch {
      throw PartitionInterruption(error)
    }
  }

  /// One turn: look after the flush, then read.
  private func step() async throws(PartitionInterruption) {
    if Task.isCancelled {
      await finish()
      throw .cancelled
    }
    guard let heldBytes = ledger?.heldBytes else { throw .lost }
    let isPressed = await memory.report(partition, holds: heldBytes)
    // A flush may have ended while this waited. After one that failed, none may begin: the ledger still has it under way.
    if let flushInterruption { throw flushInterruption }
    try await watchIndex()
    if flush == nil, let reason = reasonToFlush(isPressed: isPressed) { startFlush(reason) }
    if indexWatch.isAway, flush == nil, heldBytes >= configuration.partitionBytes || isPressed {
      try await waitForIndex(configuration.idleWait)
      return
    }
    if flush != nil, heldBytes >= configuration.partitionBytes || isPressed {
      try await awaitFlush()
      return
    }
    guard let position = ledger?.position else { throw .lost }
    let slice: LogSlice
    do throws(EventLogError) {
      slice = try await ports.log.read(
        partition, from: position, limit: configuration.readBytes, patience: patience)
    } catch {
      try await recover(from: error)
      return
    }
    if let ledger, ledger.epoch != slice.bounds.epoch {
      try await flushWhatIsInHand()
      throw .replaced(by: slice.bounds.epoch, ledger.epoch, partition)
    }
    take(slice)
    if let flushInterruption { throw flushInterruption }
  }

  private func take(_ slice: LogSlice) {
    guard ledger != nil else { return }
    var counts = (taken: 0, duplicates: 0, refused: 0)
    for record in slice.records {
      switch ledger?.take(record) {
      case .taken: counts.taken += 1
      case .duplicate: counts.duplicates += 1
      case .refused, nil: counts.refused += 1
      }
    }
    if !slice.records.isEmpty {
      if openSince == nil { openSince = ports.clock.elapsed() }
      ports.telemetry.record(
        .batchesJudged(
          partition: partition, taken: counts.taken, duplicates: counts.duplicates, refused: counts.refused))
    }
    if let ledger {
      progress.advance(to: ledger.position)
      ports.telemetry.record(
        .partitionProgress(
          partition: partition, openBytes: ledger.heldBytes,
          openEvents: ledger.open.events + (ledger.flushing?.records.events ?? 0),
          lag: slice.bounds.end - min(slice.bounds.end, ledger.position)))
    }
  }

  // MARK: What the log has lost

  /// Goes on behind what cannot be read any more; throws what ends this stretch of owning.
  private func recover(from error: EventLogError) async throws(PartitionInterruption) {
    switch error {
    case .cancelled: return
    case .outOfRange(let offset, let start, _):
      let epoch = ledger?.epoch
      try await flushWhatIsInHand()
      guard offset < start else {
        if let epoch { try await expectLog(reaches: offset, in: epoch) }
        throw PartitionInterruption(error)
      }
      let reason = "the log begins at \(start), above \(offset), which is next: it was trimmed by somebody else"
      try await skip(to: start, reason)
    case .corrupt(_, _, let next, let reason):
      try await flushWhatIsInHand()
      try await skip(to: next, reason)
    case .unavailable:
      // What was read before is committed, and need not be read again with each try.
      try await flushWhatIsInHand()
      throw PartitionInterruption(error)
    case .unknownPartition, .full, .setBack, .rejected, .closed: throw PartitionInterruption(error)
    }
  }

  /// A gap follows what is committed, not what is in hand.
  private func flushWhatIsInHand() async throws(PartitionInterruption) {
    try await awaitFlush()
    startFlush(.gap)
    try await awaitFlush()
  }

  private func skip(to end: UInt64, _ reason: String) async throws(PartitionInterruption) {
    let (state, generation) = try await indexed()
    guard let ledger, ledger.head == state.head, ledger.generation == generation, end > ledger.watermark else {
      throw .lost
    }
    try await commitGap(behind: state, generation, epoch: ledger.epoch, to: end, reason)
    try await takeOver()
  }

  private func commitGap(
    behind state: PartitionState, _ generation: Generation, epoch: LogEpoch, to end: UInt64, _ reason: String
  ) async throws(PartitionInterruption) {
    let times = await gaps.times(of: partition, behind: state, before: end)
    let gap = Gap(epoch: epoch, from: state.watermark, end: end, times: times)
    try await gaps.commit(
      GapCommit(
        partition: partition, generation: generation, flush: FlushID(ports.identifiers.next()), parent: state.head,
        losing: gap))
    hasCommitted = true
    ports.telemetry.record(.gapCommitted(partition: partition, records: end - state.watermark, reason: reason))
  }

  /// What is committed is in objects and index, durably: the log need not keep it.
  private func trimLog() async {
    guard let watermark = ledger?.watermark else { return }
    do throws(EventLogError) { try await ports.log.trim(partition, below: watermark) } catch {
      switch error {
      case .closed, .cancelled: return
      case .unknownPartition, .outOfRange, .full, .unavailable, .setBack, .corrupt, .rejected:
        ports.telemetry.record(.trouble(area: "log", reason: "partition \(partition) could not be trimmed: \(error)"))
      }
    }
  }

  private var patience: Duration {
    guard let openSince, flush == nil else { return configuration.idleWait }
    let due = configuration.policy.age - (ports.clock.elapsed() - openSince)
    return max(.zero, min(configuration.idleWait, due))
  }

  // MARK: Flushing

  private func reasonToFlush(isPressed: Bool) -> FlushReason? {
    guard let ledger else { return nil }
    let oldest = openSince.map { ports.clock.elapsed() - $0 }
    return configuration.policy.reason(
      openBytes: ledger.open.bytes, oldest: ledger.open.isEmpty ? nil : oldest, isPressed: isPressed)
  }

  private func startFlush(_ reason: FlushReason) {
    // Objects of a flush that cannot be committed would be strays.
    guard !indexWatch.isAway, let planned = ledger?.beginFlush(FlushID(ports.identifiers.next())) else { return }
    openSince = nil
    flush = Task(executorPreference: ports.computation) { await self.write(planned, reason) }
  }

  /// Tries until the flush is committed, lost, or given up: what is in hand meanwhile can be asked for.
  private func write(_ planned: PlannedFlush, _ reason: FlushReason) async -> PartitionInterruption? {
    let start = ports.clock.elapsed()
    var wait = configuration.retryWait
    var begun: Timestamp?
    var outcome: Result<FlushWriter<Codec, Digest>.Outcome, PartitionInterruption>
    while true {
      do throws(PartitionInterruption) {
        let time: Timestamp
        if let begun { time = begun } else { time = try await writer.begin() }
        begun = time
        outcome = .success(try await writer.write(planned, begun: time))
      } catch {
        outcome = .failure(error)
      }
      guard case .failure(.retry(let reason)) = outcome, !givesFlushUp else { break }
      ports.telemetry.record(.flushFailed(partition: partition, reason: reason))
      await pauseFlush(for: wait)
      wait = min(wait * 2, configuration.maximumRetryWait)
    }
    let interruption = finished(planned, reason, outcome, after: ports.clock.elapsed() - start)
    if interruption == nil { await trimLog() }
    flush = nil
    return interruption
  }

  private func pauseFlush(for wait: Duration) async {
    let pause = Task { [clock = ports.clock] in
      do throws(CancellationError) { try await clock.sleep(for: wait) } catch {
        // Given up: the flush is tried once more.
      }
    }
    flushPause = pause
    await pause.value
    flushPause = nil
  }

  /// Lets a flush end that is waiting to be written again.
  private func giveFlushUp() {
    givesFlushUp = true
    flushPause?.cancel()
  }

  private func finished(
    _ planned: PlannedFlush, _ reason: FlushReason,
    _ outcome: Result<FlushWriter<Codec, Digest>.Outcome, PartitionInterruption>, after duration: Duration
  ) -> PartitionInterruption? {
    switch outcome {
    case .success(let written):
      ledger?.committed()
      hasCommitted = true
      ports.telemetry.record(
        .flushCommitted(
          partition: partition, reason: reason, events: planned.records.events, rawBytes: planned.records.bytes,
          storedBytes: written.storedBytes, objects: written.objects, duration: duration))
      for letter in planned.letters {
        ports.telemetry.record(
          .eventsDeadLettered(tenant: letter.tenant, reason: letter.reason, count: letter.eventCount))
      }
      return nil
    case .failure(let interruption):
      flushInterruption = interruption
      return interruption
    }
  }

  private func awaitFlush() async throws(PartitionInterruption) {
    let interruption = await withTaskCancellationHandler {
      await flush?.value
    } onCancel: {
      Task { await giveFlushUp() }
    }
    if let interruption = interruption ?? flushInterruption { throw interruption }
  }

  /// The last flush, in a task of its own: this one is cancelled already.
  private func finish() async {
    giveFlushUp()
    await Task {
      if await flush?.value == nil, flushInterruption == nil {
        startFlush(.shutdown)
        _ = await flush?.value
      }
    }.value
  }

  /// Gives the partition up: nothing that was in hand counts any more.
  private func release() async {
    giveFlushUp()
    _ = await flush?.value
    flush = nil
    flushInterruption = nil
    ledger = nil
    progress.release()
    _ = await memory.report(partition, holds: 0)
  }

  // MARK: Recent events

  package func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    guard partition == self.partition else { throw .noOwner(partition) }
    if ledger == nil { throw stopReason.map { .stopped(partition, reason: $0) } ?? .noOwner(partition) }
    let bounds: LogBounds
    do throws(EventLogError) { bounds = try await ports.log.bounds(of: partition) } catch {
      if case .cancelled = error { throw .cancelled }
      throw .unavailable(reason: "the log's end is not known: \(error)")
    }
    await reach(bounds.end, within: patience)
    if Task.isCancelled { throw .cancelled }
    guard let ledger, ledger.epoch == bounds.epoch else {
      throw stopReason.map { .stopped(partition, reason: $0) } ?? .noOwner(partition)
    }
    let batches = ledger.recentBatches.filter { batch in
      let header = batch.events.header
      guard header.stream.tenant == tenant, service == nil || header.stream.service == service else { return false }
      return batch.events.timeSpan.map { range.overlaps($0) } ?? false
    }
    return RecentAnswer(
      epoch: ledger.epoch, gaps: ledger.gaps, from: ledger.watermark, end: ledger.position, logEnd: bounds.end,
      batches: batches, isProvisional: ledger.isProvisional)
  }

  /// Returns once the log was read up to `offset`, the partition was given up, `patience` ran out, or the task is cancelled.
  private func reach(_ offset: UInt64, within patience: Duration) async {
    guard let ledger, ledger.position < offset else { return }
    let ticket = progress.ticket()
    let alarm = Task {
      try await ports.clock.sleep(for: patience)
      progress.giveUp(ticket)
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { progress.wait(for: offset, ticket, $0) }
    } onCancel: {
      // It takes its turn on the actor, thus after the line above.
      Task { await giveUp(ticket) }
    }
    alarm.cancel()
  }

  private func giveUp(_ ticket: Int) { progress.giveUp(ticket) }
}
