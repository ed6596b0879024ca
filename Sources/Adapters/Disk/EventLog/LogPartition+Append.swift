import Application
import Domain
import Threads

extension LogPartition {
  /// Appends a record and returns its offset once it is durable.
  func append(_ record: EncodedRecord) async throws(EventLogError) -> UInt64 {
    let start = surroundings.clock.elapsed()
    while true {
      if Task.isCancelled { throw .cancelled }
      let ticket = rounds.ticket()
      switch await enqueue(record) {
      case .appended(let outcome): return try outcome.get()
      case .lead: return try await surroundings.pool.run { self.writeRound() }.get()
      case .noRoom: try await waitForRoom(ticket, since: start)
      }
    }
  }

  private func enqueue(_ record: EncodedRecord) async -> AppendQueue.Signal {
    await withCheckedContinuation { continuation in
      let signal: AppendQueue.Signal? = state.withLock { state in
        if state.isClosed { return .appended(.failure(.closed)) }
        if let setback = state.setback { return .appended(.failure(.setBack(setback))) }
        return state.queue.push(record, continuation)
      }
      if let signal { continuation.resume(returning: signal) }
    }
  }

  private func waitForRoom(_ ticket: WaitList.Ticket, since start: Duration) async throws(EventLogError) {
    let (clock, configuration) = (surroundings.clock, surroundings.configuration)
    let patience = configuration.appendPatience - (clock.elapsed() - start)
    switch await rounds.wait(ticket, for: patience, clock) {
    case .changed: return
    case .cancelled: throw .cancelled
    case .timedOut:
      throw .full(
        retryAfter: configuration.retryAfter,
        reason: "\(configuration.queueBytes) bytes wait to be written to partition \(id): the device is too slow")
    }
  }

  /// Writes what is queued in one go, syncs it, tells everybody, and names the next leader. Blocks.
  ///
  /// - Returns: The offset of the first record, which is the caller's.
  private func writeRound() -> Result<UInt64, EventLogError> {
    let (round, segment, first) = state.withLock { ($0.queue.takeRound(), $0.open, $0.end) }
    let outcome: Result<UInt64, EventLogError>
    do throws(FileError) {
      let writer = RoundWriter(self, round.map(\.record), from: first)
      publish(try writer.write(to: segment), round.count, first)
      outcome = .success(first)
    } catch {
      let failure = (reason: error.description, time: surroundings.clock.elapsed())
      state.withLock { state in
        state.open = nil
        state.failedWrite = failure
      }
      surroundings.telemetry.record(.logWriteFailed(partition: id, reason: error.description))
      outcome = .failure(EventLogError(writing: error, retryAfter: surroundings.configuration.retryAfter))
    }
    for (index, waiting) in round.enumerated() {
      waiting.continuation?.resume(returning: .appended(outcome.map { $0 + UInt64(index) }))
    }
    noteEnd()
    let next = state.withLock { $0.queue.finish(round) }
    rounds.change()
    next?.resume(returning: .lead)
    return outcome
  }

  /// Notes up to where the partition is durable, once those who wait have been told: for each new segment, if nobody waits
  /// to be written, and once a second.
  private func noteEnd() {
    let now = surroundings.clock.elapsed()
    let end: UInt64? = state.withLock { state in
      guard let base = state.open?.base else { return nil }
      if let noted = state.notedEnd, noted.base == base, now - noted.time < .seconds(1), state.queue.hasMore {
        return nil
      }
      state.notedEnd = (now, base)
      return state.end
    }
    guard let end else { return }
    DurableEndFile(offset: end, isExact: false).note(in: folder, of: epoch, surroundings.files)
  }

  /// Shows a durable round to the readers.
  private func publish(_ written: RoundWriter.Written, _ count: Int, _ first: UInt64) {
    let logBytes = state.withLock { state in
      state.segments.note(base: written.segment.base, bytes: written.segment.end)
      state.open = written.segment
      state.failedWrite = nil
      state.tailReach = nil
      state.end = first + UInt64(count)
      for record in written.records { state.recent.append(record) }
      return state.segments.bytes
    }
    arrivals.change()
    let bytes = written.records.reduce(0) { $0 + $1.record.bytes.count }
    surroundings.telemetry.record(.recordsAppended(partition: id, records: count, bytes: bytes))
    surroundings.telemetry.record(.logSize(partition: id, bytes: logBytes))
    surroundings.telemetry.record(.logSynced(partition: id, duration: written.syncDuration))
  }
}
