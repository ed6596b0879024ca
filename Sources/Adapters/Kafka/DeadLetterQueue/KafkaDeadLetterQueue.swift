package import Application
import Crdkafka
package import Domain
import Threads

/// Dead letters in a topic of one partition: letters, what became of their replays, which were dropped. `README.md` has the
/// layout.
///
/// Any number of processes may write. Each that uses the queue reads the topic once, and what came since with each call, to
/// know the ids. What lies before the first letter that is left is deleted from the topic.
package final class KafkaDeadLetterQueue: DeadLetterQueue {
  private struct State {
    var index = LetterIndex()
    /// Below it the topic was asked to delete.
    var freed: UInt64 = 0
    var cannotFree = false
  }

  /// A message that was read. The last one is kept: letters beside each other share it, and going back to it costs a fetch.
  private typealias Message = (offset: UInt64, records: [LetterRecord])

  private static let readBytes = 4 << 20

  private let configuration: KafkaDeadLetterQueueConfiguration
  private let telemetry: any Telemetry
  private let consumer: KafkaClient
  private let producer: KafkaProducer
  private let reader: PartitionReader
  private let questions: ThreadPool
  private let work: Task<Void, Never>
  /// One call at a time: what a letter's append sees has to hold until it is written.
  private let turn = Turn()
  private let state = Lock(State())

  /// Connects, and makes the topic if it is missing.
  package static func open(
    _ configuration: KafkaDeadLetterQueueConfiguration, clock: any WallClock, telemetry: any Telemetry
  ) async throws(DeadLetterQueueError) -> KafkaDeadLetterQueue {
    let questions = ThreadPool(name: "kafka-letters", threads: 2)
    do throws(EventLogError) {
      let (topic, producer) = try await questions.run { () throws(EventLogError) in
        try connect(configuration, telemetry)
      }
      return KafkaDeadLetterQueue(configuration, topic, producer, questions, clock, telemetry)
    } catch { throw DeadLetterQueueError(error) }
  }

  private static func connect(
    _ configuration: KafkaDeadLetterQueueConfiguration, _ telemetry: any Telemetry
  ) throws(EventLogError) -> (KafkaTopic, KafkaProducer) {
    let what = "\(configuration.connection)"
    let consumer: KafkaClient
    do throws(KafkaError) {
      consumer = try KafkaClient(
        .consumer,
        try configuration.connection.settings() + PartitionReader.settings + [
          ("queued.max.messages.kbytes", "\(readBytes / 1_024)"),
          ("fetch.message.max.bytes", "\(KafkaDeadLetterQueueConfiguration.messageBytes)"),
        ], events: RD_KAFKA_EVENT_ERROR)
    } catch { throw EventLogError(asking: error, what) }
    let keeper = TopicKeeper(
      admin: KafkaAdmin(client: consumer, timeout: configuration.connection.answerTimeout), telemetry: telemetry,
      creates: configuration.createsTopic)
    do throws(TopicKeeper.Failure) {
      _ = try keeper.ensure(
        .kept(
          configuration.topic, replication: configuration.replication, minimumInSync: configuration.minimumInSync,
          messageBytes: KafkaDeadLetterQueueConfiguration.messageBytes))
    } catch { throw EventLogError(error, what) }
    do throws(KafkaError) {
      let bytes = 2 * KafkaDeadLetterQueueConfiguration.messageBytes
      let producer = try KafkaProducer(
        configuration.connection, topic: configuration.topic, linger: .milliseconds(1),
        deliveryTimeout: configuration.deliveryTimeout, limits: .init(bytes: bytes, partitionBytes: bytes),
        maximumMessageBytes: KafkaDeadLetterQueueConfiguration.messageBytes, closeTimeout: configuration.closeTimeout,
        telemetry: telemetry)
      return (try consumer.topic(configuration.topic), producer)
    } catch { throw EventLogError(asking: error, what) }
  }

  private init(
    _ configuration: KafkaDeadLetterQueueConfiguration, _ topic: KafkaTopic, _ producer: KafkaProducer,
    _ questions: ThreadPool, _ clock: any WallClock, _ telemetry: any Telemetry
  ) {
    self.configuration = configuration
    self.telemetry = telemetry
    self.producer = producer
    self.questions = questions
    consumer = topic.client
    reader = PartitionReader(
      PartitionID(0), of: topic, questions: topic, epoch: LogEpoch(Identifier128(high: 0, low: 0)), pool: questions,
      clock: clock, answerTimeout: configuration.connection.answerTimeout, fetchTimeout: configuration.fetchTimeout)
    let thread = ThreadPool(name: "kafka-dlq", threads: 1)
    work = Task(executorPreference: thread) { producer.run() }
  }

  package func append(_ letters: [DeadLetter]) async throws(DeadLetterQueueError) {
    try await inTurn { () async throws(DeadLetterQueueError) in
      if letters.isEmpty { return }
      try await catchUp()
      let records = try state.withLock { (state) throws(DeadLetterQueueError) in
        var seen: Set<Identifier128> = []
        let fresh = letters.filter { letter in
          let hash = LetterHashes.hash(letter.id)
          return !state.index.contains(hash) && seen.insert(hash).inserted
        }
        try checkRoom(fresh, beside: state.index.entries.count)
        return fresh.map { LetterRecord.letter(0, $0) }
      }
      try await send(records)
    }
  }

  package func read(
    from position: UInt64, limit: Int, bytes: Int
  ) async throws(DeadLetterQueueError) -> DeadLetterPage {
    try await inTurn { () async throws(DeadLetterQueueError) in
      try await catchUp()
      let (entries, more) = state.withLock { state in
        let first = state.index.entries.firstIndex(fromNumber: position)
        return page(state.index.entries[first...], limit, bytes)
      }
      var last: Message?
      var letters: [DeadLetter] = []
      for entry in entries { letters.append(try await letter(entry, &last)) }
      // Behind the letters, since reading them in turns would go back and forth.
      var kept: [KeptDeadLetter] = []
      for (entry, letter) in zip(entries, letters) {
        kept.append(
          KeptDeadLetter(position: entry.number, letter: letter, replay: try await replay(entry, &last)))
      }
      return DeadLetterPage(letters: kept, next: more)
    }
  }

  package func note(_ replays: [UInt64: DeadLetterReplay]) async throws(DeadLetterQueueError) {
    try await inTurn { () async throws(DeadLetterQueueError) in
      if replays.isEmpty { return }
      try await catchUp()
      let records = state.withLock { state in
        replays.filter { state.index.entries.index(ofNumber: $0.key) != nil }.sorted { $0.key < $1.key }
          .map { LetterRecord.replay($0.key, $0.value) }
      }
      try await send(records)
    }
  }

  @discardableResult
  package func drop(_ positions: [UInt64]) async throws(DeadLetterQueueError) -> Int {
    try await inTurn { () async throws(DeadLetterQueueError) in
      if positions.isEmpty { return 0 }
      try await catchUp()
      let entries = state.withLock { state in
        Set(positions).sorted().compactMap { state.index.entries.index(ofNumber: $0) }.map { state.index.entries[$0] }
      }
      var last: Message?
      var records: [LetterRecord] = []
      for entry in entries { records.append(.dropped(entry.number, try await letter(entry, &last).id)) }
      try await send(records)
      try await catchUp()
      await free()
      return records.count
    }
  }

  /// Later calls fail.
  package func close() async {
    producer.close()
    await work.value
    await questions.run { reader.stop() }
  }

  // MARK: With the turn

  private func inTurn<Value>(
    _ body: () async throws(DeadLetterQueueError) -> Value
  ) async throws(DeadLetterQueueError) -> Value {
    if Task.isCancelled { throw .cancelled }
    guard await turn.acquire() else { throw .cancelled }
    defer { turn.release() }
    return try await body()
  }

  /// Reads what was written since, by this process or another.
  private func catchUp() async throws(DeadLetterQueueError) {
    do throws(EventLogError) {
      let bounds = try await reader.currentBounds()
      state.withLock { $0.index.begin(at: bounds.start) }
      while true {
        let next = state.withLock { $0.index.next }
        if next >= bounds.end { return }
        let slice = try await reader.read(
          from: next, limit: Self.readBytes, patience: configuration.fetchTimeout)
        for record in slice.records { apply(record) }
      }
    } catch { throw DeadLetterQueueError(error) }
  }

  private func apply(_ record: LogRecord) {
    do throws(DecodingError) {
      let records = try LetterMessage.decoded(record.record.bytes.span)
      state.withLock { $0.index.apply(records, at: record.offset) }
    } catch {
      state.withLock { $0.index.apply([], at: record.offset) }
      telemetry.record(
        .trouble(
          area: "dead_letters",
          reason: "offset \(record.offset) of '\(configuration.topic)' is passed over, it cannot be read: \(error)"))
    }
  }

  /// - Returns: What fits on a page, and the number of what comes next.
  private func page(
    _ entries: ArraySlice<LetterIndex.Entry>, _ limit: Int, _ bytes: Int
  ) -> ([LetterIndex.Entry], UInt64?) {
    var room = bytes
    var taken: [LetterIndex.Entry] = []
    for entry in entries {
      if taken.count == max(limit, 1) || (!taken.isEmpty && Int(entry.size) > room) { return (taken, entry.number) }
      room -= Int(entry.size)
      taken.append(entry)
    }
    return (taken, nil)
  }

  private func letter(
    _ entry: LetterIndex.Entry, _ last: inout Message?
  ) async throws(DeadLetterQueueError) -> DeadLetter {
    guard case .letter(_, let letter) = try await record(entry.number, &last) else { throw damage(entry.number) }
    return letter
  }

  /// Nil if it was never replayed.
  private func replay(
    _ entry: LetterIndex.Entry, _ last: inout Message?
  ) async throws(DeadLetterQueueError) -> DeadLetterReplay? {
    if entry.replay == 0 { return nil }
    guard case .replay(entry.number, let replay) = try await record(entry.replay, &last) else {
      throw damage(entry.replay)
    }
    return replay
  }

  private func record(
    _ number: UInt64, _ last: inout Message?
  ) async throws(DeadLetterQueueError) -> LetterRecord {
    let (offset, index) = LetterMessage.place(of: number)
    let records: [LetterRecord]
    if let last, last.offset == offset {
      records = last.records
    } else {
      records = try await message(at: offset, for: number)
      last = (offset, records)
    }
    guard index < records.count else { throw damage(number) }
    return records[index]
  }

  private func message(at offset: UInt64, for number: UInt64) async throws(DeadLetterQueueError) -> [LetterRecord] {
    do throws(EventLogError) {
      let slice = try await reader.read(from: offset, limit: 1, patience: configuration.fetchTimeout)
      guard let message = slice.records.first else { throw EventLogError.outOfRange(offset: offset, start: 0, end: 0) }
      do throws(DecodingError) { return try LetterMessage.decoded(message.record.bytes.span) } catch {
        throw EventLogError.corrupt(
          partition: PartitionID(0), offset: offset, next: offset + 1, reason: "dead letter \(number): \(error)")
      }
    } catch { throw DeadLetterQueueError(error) }
  }

  private func damage(_ number: UInt64) -> DeadLetterQueueError {
    .corrupt(reason: "what '\(configuration.topic)' holds of dead letter \(number) is not what was written there")
  }

  private func checkRoom(_ letters: [DeadLetter], beside count: Int) throws(DeadLetterQueueError) {
    if letters.isEmpty { return }
    let share = letters.contains { $0.flush != nil } ? 1 : 1 - configuration.flushShare
    if count + letters.count <= Int(Double(configuration.letters) * share) { return }
    throw .full(
      reason: """
        there are \(count) dead letters in '\(configuration.topic)', at most \(configuration.letters) are kept: replay them \
        ("cordwood dlq replay") and drop them ("cordwood dlq drop")
        """)
  }

  private func send(_ records: [LetterRecord]) async throws(DeadLetterQueueError) {
    for message in LetterMessage.encoded(records) {
      if case .failure(let failure) = await producer.send(message, to: 0) { throw DeadLetterQueueError(failure) }
    }
  }

  /// Deletes what lies before the first letter that is left. Only saves space: where it fails it is told, once.
  private func free() async {
    let (floor, isDue) = state.withLock { state in
      let floor = state.index.floor
      defer { state.freed = max(state.freed, floor) }
      return (floor, floor > state.freed && !state.cannotFree)
    }
    if !isDue { return }
    do throws(KafkaError) {
      try await questions.run { () throws(KafkaError) in
        try KafkaAdmin(client: consumer, timeout: configuration.connection.answerTimeout).deleteRecords(
          of: configuration.topic, 0, below: floor)
      }
    } catch {
      state.withLock { $0.cannotFree = true }
      telemetry.record(
        .trouble(
          area: "dead_letters",
          reason:
            "dropped letters stay in '\(configuration.topic)', which cannot delete records: \(error) (\(error.name))"))
    }
  }
}
