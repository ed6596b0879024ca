package import Application
import Crdkafka
package import Domain
import Threads

/// The log on a Kafka topic: one record a message, in the partition that the caller names. `README.md` in this adapter's folder
/// has threads, limits and errors.
///
/// Positions are the callers' own: nothing is committed to a consumer group, and any number of processes may read.
package final class KafkaEventLog: EventLog {
  private struct State {
    var partitions: Int
    var readers: [PartitionID: PartitionReader] = [:]
    var trims: [PartitionID: TrimSchedule] = [:]
    /// Partitions that end below what is known of them: they take nothing in.
    var setbacks: [PartitionID: LogSetback] = [:]
    /// The cluster said that this client must not delete records.
    var cannotTrim = false
    var isClosed = false
  }

  private let configuration: KafkaEventLogConfiguration
  private let clock: any WallClock
  private let telemetry: any Telemetry
  private let epoch: LogEpoch
  private let producer: KafkaProducer
  private let consumer: KafkaClient
  private let topic: KafkaTopic
  private let questionTopic: KafkaTopic
  private let placementTopic: PlacementTopic
  private let placementReader: PartitionReader
  /// Questions to brokers, each of which blocks one of its threads.
  private let questions: ThreadPool
  private let state: Lock<State>
  private let work: Lock<[Task<Void, Never>]>

  /// Connects, makes the topics if they are missing (or refuses them if they are not as they have to be), and adds the
  /// configured placement if the log's last one is another.
  ///
  /// - Throws: `.rejected` if an operator has to change something; `.unavailable` if the cluster does not answer.
  package static func open(
    _ configuration: KafkaEventLogConfiguration, clock: any WallClock, telemetry: any Telemetry
  ) async throws(EventLogError) -> KafkaEventLog {
    let opening = ThreadPool(name: "kafka-open", threads: 1)
    let parts = try await opening.run { () throws(EventLogError) in try LogParts(configuration, telemetry) }
    let log = KafkaEventLog(parts, configuration, clock, telemetry)
    do throws(EventLogError) { try await log.begin() } catch {
      await log.close()
      throw error
    }
    return log
  }

  private init(
    _ parts: LogParts, _ configuration: KafkaEventLogConfiguration, _ clock: any WallClock, _ telemetry: any Telemetry
  ) {
    self.configuration = configuration
    self.clock = clock
    self.telemetry = telemetry
    epoch = KafkaEpoch.epoch(cluster: parts.cluster, topic: configuration.topic)
    producer = parts.producer
    consumer = parts.consumer
    topic = parts.topic
    questionTopic = parts.questionTopic
    questions = ThreadPool(name: "kafka-ask", threads: max(2, min(16, parts.partitions)))
    placementReader = PartitionReader(
      PartitionID(0), of: parts.placementTopic, questions: parts.placementTopic, epoch: epoch, pool: questions,
      clock: clock, answerTimeout: configuration.connection.answerTimeout, fetchTimeout: configuration.fetchTimeout)
    placementTopic = PlacementTopic(configuration, placementReader, clock)
    state = Lock(State(partitions: parts.partitions))
    work = Lock([])
  }

  private func begin() async throws(EventLogError) {
    let threads = ThreadPool(name: "kafka-log", threads: 2)
    let (producer, consumer) = (producer, consumer)
    let tasks = [
      Task(executorPreference: threads) { producer.run() },
      Task(executorPreference: threads) { [weak self] in
        let queue = consumer.mainQueue()
        while let self, self.serve(queue) {}
      },
    ]
    work.withLock { $0 = tasks }
    try await placementTopic.adopt { (payload) async throws(EventLogError) in try await self.addPlacement(payload) }
  }

  package func placements() async throws(EventLogError) -> [Placement] {
    try checkOpen()
    let placements = try await placementTopic.placements()
    // Another process may have added partitions since.
    let most = placements.map(\.partitions).max() ?? 1
    state.withLock { $0.partitions = max($0.partitions, most) }
    return placements
  }

  package func append(_ record: EncodedRecord, to partition: PartitionID) async throws(EventLogError) -> LogPosition {
    try check(partition)
    if let setback = state.withLock({ $0.setbacks[partition] }) { throw .setBack(setback) }
    guard record.bytes.count <= configuration.recordBytes else {
      throw .rejected(
        reason: "a record of \(record.bytes.count) bytes: the log takes at most \(configuration.recordBytes)")
    }
    switch await producer.send(record.bytes, to: partition.number, headers: RecordHeaders.headers(of: record)) {
    case .success(let offset): return LogPosition(epoch: epoch, partition: partition, offset: offset)
    case .failure(let failure): throw error(failure, partition)
    }
  }

  package func read(
    _ partition: PartitionID, from offset: UInt64, limit bytes: Int, patience: Duration
  ) async throws(EventLogError) -> LogSlice {
    try await reader(of: partition).read(from: offset, limit: bytes, patience: patience)
  }

  /// Deletes records that were committed `keepsFor` before. Where the cluster does not let this client, that is told once and
  /// the topic's retention alone frees space.
  package func trim(_ partition: PartitionID, below offset: UInt64) async throws(EventLogError) {
    try check(partition)
    let due: UInt64? = state.withLock { state in
      if state.cannotTrim { return nil }
      return state.trims[partition, default: TrimSchedule(delay: configuration.keepsFor)].note(
        offset, at: clock.elapsed())
    }
    guard let due else { return }
    let end = try await bounds(of: partition).end
    do throws(KafkaError) {
      try await questions.run { () throws(KafkaError) in
        try admin.deleteRecords(of: configuration.topic, partition.number, below: min(due, end))
      }
    } catch {
      switch error.code {
      case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
        RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION, RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
        let isKnown = state.withLock { state in
          defer { state.cannotTrim = true }
          return state.cannotTrim
        }
        if isKnown { return }
        telemetry.record(
          .trouble(
            area: "kafka",
            reason: """
              committed records of '\(configuration.topic)' cannot be deleted: \(error) (\(error.name)). Grant DELETE on the \
              topic, or its retention alone frees space
              """))
      default: throw EventLogError(asking: error, "partition \(partition) of '\(configuration.topic)' was not trimmed")
      }
    }
  }

  /// Known to this process alone: what others append is theirs to check.
  package func expect(
    _ partition: PartitionID, reaches end: UInt64, in epoch: LogEpoch
  ) async throws(EventLogError) {
    let bounds = try await bounds(of: partition)
    var setback: LogSetback?
    if bounds.epoch == epoch, end > bounds.end {
      setback = LogSetback(
        partition: partition, place: "topic '\(configuration.topic)'", end: bounds.end, known: end)
    }
    state.withLock { $0.setbacks[partition] = setback }
    if let setback { throw .setBack(setback) }
  }

  package func bounds(of partition: PartitionID) async throws(EventLogError) -> LogBounds {
    try await reader(of: partition).currentBounds()
  }

  /// Bytes of records that wait for their delivery.
  package var queuedBytes: Int { producer.queuedBytes }

  /// Ends the log: what is on its way is waited for within the close time-out, later calls are answered `.closed`.
  package func close() async {
    state.withLock { $0.isClosed = true }
    producer.close()
    for task in work.withLock({ $0 }) { await task.value }
    let readers = state.withLock { state in
      defer { state.readers = [:] }
      return Array(state.readers.values)
    }
    await questions.run {
      for reader in readers { reader.stop() }
      placementReader.stop()
    }
  }

  // MARK: Inside

  private var admin: KafkaAdmin { KafkaAdmin(client: consumer, timeout: configuration.connection.answerTimeout) }

  /// A turn of the thread that looks after the consumer. Blocks.
  ///
  /// - Returns: Whether there is another one.
  private func serve(_ queue: KafkaQueue) -> Bool {
    if let event = queue.poll(milliseconds: 100), case .error(let error) = event.content() {
      telemetry.recordKafka(error)
    }
    let (isClosed, readers) = state.withLock { ($0.isClosed, Array($0.readers.values)) }
    if isClosed { return false }
    for reader in readers { reader.stopIfIdle(for: configuration.idleAfter) }
    return true
  }

  private func reader(of partition: PartitionID) throws(EventLogError) -> PartitionReader {
    try check(partition)
    return state.withLock { state in
      if let reader = state.readers[partition] { return reader }
      let reader = PartitionReader(
        partition, of: topic, questions: questionTopic, epoch: epoch, pool: questions, clock: clock,
        answerTimeout: configuration.connection.answerTimeout, fetchTimeout: configuration.fetchTimeout)
      state.readers[partition] = reader
      return reader
    }
  }

  private func check(_ partition: PartitionID) throws(EventLogError) {
    try checkOpen()
    guard partition.number < state.withLock({ $0.partitions }) else { throw .unknownPartition(partition) }
  }

  private func checkOpen() throws(EventLogError) {
    if state.withLock({ $0.isClosed }) { throw .closed }
  }

  private func error(_ failure: KafkaProducer.Failure, _ partition: PartitionID) -> EventLogError {
    switch failure {
    case .closed: return .closed
    case .cancelled: return .cancelled
    case .full:
      return .full(
        retryAfter: configuration.retryAfter,
        reason: """
          records for partition \(partition) wait for their delivery, as many as fit in \(configuration.queueBytes) bytes: \
          Kafka is too slow or away
          """)
    case .failed(let error):
      telemetry.record(.logWriteFailed(partition: partition, reason: "\(error) (\(error.name))"))
      return EventLogError(appending: error, retryAfter: configuration.retryAfter)
    }
  }

  private func addPlacement(_ payload: [UInt8]) async throws(EventLogError) {
    let producer: KafkaProducer
    do throws(KafkaError) {
      producer = try LogParts.producer(configuration, topic: configuration.placementTopic, telemetry)
    } catch { throw EventLogError(asking: error, "'\(configuration.placementTopic)' cannot be written") }
    let thread = ThreadPool(name: "kafka-place", threads: 1)
    let run = Task(executorPreference: thread) { producer.run() }
    let outcome = await producer.send(payload, to: 0)
    producer.close()
    await run.value
    if case .failure(let failure) = outcome { throw error(failure, PartitionID(0)) }
  }
}
