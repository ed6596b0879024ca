import Application
import Crdkafka
import Domain
import Threads

/// Reads one partition of a topic: fetched ahead by librdkafka into a queue, taken from there without blocking.
///
/// One read at a time has the turn; a read that waits at the end for what is to come lets others go before it.
final class PartitionReader: Sendable {
  private enum Fetching {
    case stopped, running
    /// librdkafka gave an error: it goes on only when it is stopped and started.
    case broken
  }

  private struct State {
    var fetching = Fetching.stopped
    /// The offset of the next record that the queue yields; nil if that is not known.
    var next: UInt64?
    /// Taken from the queue and not returned yet: consecutive, ending below `next`.
    var taken: [LogRecord] = []
    /// As a broker told it last, and as records showed it since.
    var known: (start: UInt64, end: UInt64)?
    var lastUse: Duration
    /// Of the record that came last, to guess how many fit.
    var recordBytes = 1 << 20
  }

  /// Records taken from the queue at once at most; they may lie in memory beyond the bytes asked for.
  private static let batch = 16
  /// How long a waiting read sleeps before it looks whether another one wants the turn.
  private static let slice = Duration.milliseconds(500)

  /// In this time a fetch that is under way brings what is there (`fetch.wait.max.ms` is a third of it).
  private static let fetchTime = Duration.milliseconds(300)

  /// What the client of a reader's topic is set to.
  static let settings: [(name: String, value: String)] = [
    ("enable.auto.commit", "false"), ("auto.offset.reset", "error"), ("enable.partition.eof", "true"),
    ("check.crcs", "true"),
    // Nobody of ours uses transactions; a foreign one that hangs must not hold up reading.
    ("isolation.level", "read_uncommitted"),
    // A change of position waits for the fetch that is under way.
    ("fetch.wait.max.ms", "100"),
  ]

  let id: PartitionID
  let epoch: LogEpoch
  private let topic: KafkaTopic
  private let queue: KafkaQueue
  private let pool: ThreadPool
  private let clock: any WallClock
  private let fetchTimeout: Duration
  private let arrival: WakeSignal
  private let turn = Turn()
  private let bounds: SharedQuestion<(start: Int64, end: Int64)>
  private let state: Lock<State>

  /// - Parameters:
  ///   - topic: Of a consumer.
  ///   - questions: The same of another client, to ask where the partition ends: on the reading one's connections a question
  ///     waits behind the fetch under way, a tenth of a second.
  ///   - pool: Runs what blocks: questions to brokers and changes of position.
  init(
    _ id: PartitionID, of topic: KafkaTopic, questions: KafkaTopic, epoch: LogEpoch, pool: ThreadPool,
    clock: any WallClock, answerTimeout: Duration, fetchTimeout: Duration
  ) {
    self.id = id
    self.topic = topic
    self.epoch = epoch
    self.pool = pool
    self.clock = clock
    self.fetchTimeout = fetchTimeout
    let arrival = WakeSignal()
    self.arrival = arrival
    queue = topic.client.newQueue { arrival.wake() }
    bounds = SharedQuestion(on: pool) {
      do throws(KafkaError) {
        return .success(try questions.bounds(of: id.number, within: answerTimeout.kafkaMilliseconds))
      } catch { return .failure(error) }
    }
    state = Lock(State(lastUse: clock.elapsed()))
  }

  /// Where the partition begins and ends, asked of its leader after this was called.
  func currentBounds() async throws(EventLogError) -> LogBounds {
    switch await bounds.ask() {
    case nil: throw .cancelled
    case .failure(let error):
      if error.code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION { throw .unknownPartition(id) }
      throw EventLogError(asking: error, "where partition \(id) of '\(topic.name)' begins and ends is not known")
    case .success(let (start, end)):
      let known = (start: UInt64(max(start, 0)), end: UInt64(max(end, 0)))
      state.withLock { $0.known = known }
      return LogBounds(epoch: epoch, start: known.start, end: known.end)
    }
  }

  func read(from offset: UInt64, limit: Int, patience: Duration) async throws(EventLogError) -> LogSlice {
    let begun = clock.elapsed()
    // Whoever waits at the end looks up and lets this one go before.
    arrival.wake()
    guard await turn.acquire() else { throw .cancelled }
    var (hasTurn, hasAsked) = (true, false)
    defer { if hasTurn { turn.release() } }
    while true {
      if Task.isCancelled { throw .cancelled }
      let known = try await place(at: offset)
      let records = try take(from: offset, limit)
      if let last = records.last { return slice(records, end: last.offset + 1) }
      let waited = clock.elapsed() - begun
      let isThere = offset < known.end
      if isThere, waited >= fetchTimeout {
        throw .unavailable(
          retryAfter: .seconds(1),
          reason: "no broker delivered offset \(offset) of partition \(id) of '\(topic.name)' within \(fetchTimeout)")
      }
      if !isThere, waited >= patience {
        if hasAsked || waited >= Self.fetchTime { return slice([], end: offset) }
        // Too short a wait for a fetch to tell: the leader itself says whether there is something by now.
        _ = try await currentBounds()
        hasAsked = true
        continue
      }
      if !isThere, turn.isWanted {
        turn.release()
        hasTurn = await turn.acquire()
        guard hasTurn else { throw .cancelled }
        continue
      }
      await arrival.wait(for: min(Self.slice, (isThere ? fetchTimeout : patience) - waited), clock)
    }
  }

  /// Stops fetching if nobody reads. Blocks shortly.
  func stopIfIdle(for time: Duration) {
    guard turn.tryAcquire() else { return }
    defer { turn.release() }
    let isIdle = state.withLock { clock.elapsed() - $0.lastUse >= time }
    if isIdle { stop() }
  }

  /// Stops fetching. Only with the turn, or when nobody reads any more. Blocks shortly.
  func stop() {
    let fetching = state.withLock { state in
      defer { (state.fetching, state.next, state.taken) = (.stopped, nil, []) }
      return state.fetching
    }
    if fetching != .stopped { topic.stop(id.number) }
  }

  // MARK: With the turn

  private func slice(_ records: [LogRecord], end: UInt64) -> LogSlice {
    let fetched = topic.fetchedEnd(of: id.number).map { UInt64($0) } ?? 0
    let bounds = state.withLock { state in
      let known = state.known ?? (start: 0, end: end)
      state.known = (known.start, max(known.end, end))
      return LogBounds(epoch: epoch, start: known.start, end: max(known.end, end, fetched))
    }
    return LogSlice(records: records, bounds: bounds)
  }

  /// Sees to it that the next record is that at `offset`, which lies within the log.
  private func place(at offset: UInt64) async throws(EventLogError) -> (start: UInt64, end: UInt64) {
    var known = state.withLock { state in
      state.lastUse = clock.elapsed()
      return state.known
    }
    if !isWithin(known, offset) {
      let bounds = try await currentBounds()
      known = (bounds.start, bounds.end)
      guard isWithin(known, offset) else {
        throw .outOfRange(offset: offset, start: bounds.start, end: bounds.end)
      }
    }
    let isPlaced = state.withLock { state in
      state.taken.removeFirst(state.taken.prefix { $0.offset < offset }.count)
      return (state.taken.first?.offset ?? state.next) == offset
    }
    if !isPlaced { try await move(to: offset) }
    return known ?? (offset, offset)
  }

  private func isWithin(_ known: (start: UInt64, end: UInt64)?, _ offset: UInt64) -> Bool {
    known.map { $0.start <= offset && offset <= $0.end } ?? false
  }

  private func move(to offset: UInt64) async throws(EventLogError) {
    let fetching = state.withLock { state in
      (state.next, state.taken) = (nil, [])
      return state.fetching
    }
    do throws(KafkaError) {
      try await pool.run { () throws(KafkaError) in
        if fetching == .running { return try topic.seek(id.number, to: offset) }
        if fetching == .broken { topic.stop(id.number) }
        state.withLock { $0.fetching = .stopped }
        try topic.start(id.number, at: offset, into: queue)
      }
    } catch {
      if error.code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION { throw .unknownPartition(id) }
      throw EventLogError(asking: error, "partition \(id) of '\(topic.name)' cannot be read at \(offset)")
    }
    state.withLock { ($0.fetching, $0.next) = (.running, offset) }
  }

  /// What is there from `offset` on.
  private func take(from offset: UInt64, _ limit: Int) throws(EventLogError) -> [LogRecord] {
    var records: [LogRecord] = []
    var room = limit
    repeat {
      do throws(EventLogError) { try fill(room) } catch {
        // The records before it first; the next read meets it again.
        if records.isEmpty, state.withLock({ $0.taken.isEmpty }) { throw error }
      }
      let moved = state.withLock { state in
        var count = 0
        for record in state.taken {
          let bytes = record.record.bytes.count
          if !records.isEmpty, bytes > room { break }
          records.append(record)
          room -= bytes
          count += 1
        }
        state.taken.removeFirst(count)
        return (count: count, left: state.taken.count)
      }
      if moved.count == 0 || moved.left > 0 { break }
    } while room > 0
    return records
  }

  /// Takes from the queue what about fits, if nothing is taken yet.
  private func fill(_ room: Int) throws(EventLogError) {
    let (isThere, isPlaced, recordBytes) = state.withLock { (!$0.taken.isEmpty, $0.next != nil, $0.recordBytes) }
    if isThere || !isPlaced { return }
    for message in queue.takeMessages(max(1, min(Self.batch, room / max(recordBytes, 1)))) {
      do throws(EventLogError) { try keep(message) } catch {
        // What else was taken from the queue is lost: it is fetched again.
        state.withLock { $0.next = nil }
        throw error
      }
    }
  }

  private func keep(_ message: KafkaMessage) throws(EventLogError) {
    guard let next = state.withLock({ $0.next }) else { return }
    if let error = message.error { return try note(error, at: message.offset, next: next) }
    let offset = UInt64(max(message.offset, 0))
    // A fetch begins with the batch that the offset lies in.
    if offset < next { return }
    if offset > next { throw hole(from: next, to: offset) }
    let record = LogRecord(
      offset: offset, appended: Timestamp(nanoseconds: max(0, message.time) * 1_000_000),
      record: EncodedRecord(bytes: message.payload))
    state.withLock { state in
      state.taken.append(record)
      state.next = offset + 1
      state.recordBytes = message.payload.count
    }
  }

  private func note(_ error: KafkaError, at offset: Int64, next: UInt64) throws(EventLogError) {
    switch error.code {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      if offset >= 0, UInt64(offset) > next { throw hole(from: next, to: UInt64(offset)) }
    case RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
      throw .corrupt(
        partition: id, offset: next, next: next + 1,
        reason: "offset \(next) of partition \(id) of '\(topic.name)': \(error)")
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      // Retention was faster, or the log is another: bounds and place are looked at anew.
      state.withLock { ($0.fetching, $0.next, $0.known) = (.broken, nil, nil) }
    default:
      state.withLock { $0.fetching = .broken }
      throw EventLogError(asking: error, "partition \(id) of '\(topic.name)' cannot be read at \(next)")
    }
  }

  /// With an idempotent producer that uses no transactions every offset is a record's. Others leave holes: the markers of
  /// transactions, compaction.
  private func hole(from offset: UInt64, to next: UInt64) -> EventLogError {
    .corrupt(
      partition: id, offset: offset, next: next,
      reason: """
        '\(topic.name)' has no records at offsets \(offset) to \(next - 1) of partition \(id): another producer uses \
        transactions on it, or it is compacted
        """)
  }
}
