import Application
import Crdkafka
import Domain
import Threads

/// Sends records to one topic, idempotently and to all replicas in sync, and tells each sender what became of its record.
///
/// One thread (`run`) takes the delivery reports and resumes all tasks of a report together. A producer that is broken for
/// good is made anew there; what was on its way has then an unknown outcome.
final class KafkaProducer: Sendable {
  enum Failure: Error, Sendable {
    /// Nothing was sent.
    case full
    case closed, cancelled
    /// The record may have been appended, unless the code says that it cannot.
    case failed(KafkaError)
  }

  struct Limits: Sendable {
    let bytes: Int
    let partitionBytes: Int
  }

  private struct Sender {
    let client: KafkaClient
    let topic: KafkaTopic
    let queue: KafkaQueue
  }

  private struct State {
    /// Nil while a new one is made.
    var sender: Sender?
    var table: DeliveryTable
    var isClosing = false
  }

  let topicName: String
  private let settings: [(name: String, value: String)]
  private let telemetry: any Telemetry
  private let closeTimeout: Duration
  private let state: Lock<State>

  /// - Parameter linger: How long a record waits for company.
  init(
    _ connection: KafkaConnection, topic: String, linger: Duration, deliveryTimeout: Duration, limits: Limits,
    maximumMessageBytes: Int, closeTimeout: Duration, telemetry: any Telemetry
  ) throws(KafkaError) {
    topicName = topic
    self.telemetry = telemetry
    self.closeTimeout = closeTimeout
    settings =
      try connection.settings() + [
        ("enable.idempotence", "true"), ("acks", "all"), ("linger.ms", "\(linger.kafkaMilliseconds)"),
        ("message.timeout.ms", "\(deliveryTimeout.kafkaMilliseconds)"),
        ("message.max.bytes", "\(maximumMessageBytes)"),
        // The table bounds what waits, and refuses before librdkafka would; these only must not be in its way.
        ("queue.buffering.max.messages", "1000000"),
        ("queue.buffering.max.kbytes", "\(limits.bytes / 1_024 + 64 * 1_024)"), ("retry.backoff.ms", "50"),
        ("topic.metadata.refresh.interval.ms", "30000"),
      ]
    state = Lock(
      State(sender: nil, table: DeliveryTable(limit: limits.bytes, partitionLimit: limits.partitionBytes)))
    let sender = try makeSender()
    state.withLock { $0.sender = sender }
  }

  /// Bytes that have no outcome yet.
  var queuedBytes: Int { state.withLock { $0.table.bytes } }

  /// The client, to ask the cluster with.
  var client: KafkaClient? { state.withLock { $0.sender?.client } }

  /// Sends a record and returns its offset once all replicas in sync have it.
  func send(
    _ payload: [UInt8], to partition: Int, headers: [(name: String, value: [UInt8])] = []
  ) async -> Result<UInt64, Failure> {
    if Task.isCancelled { return .failure(.cancelled) }
    let reserved: Result<UInt, Failure> = state.withLock { state in
      if state.isClosing { return .failure(.closed) }
      return state.table.reserve(payload.count, for: partition).map { .success($0) } ?? .failure(.full)
    }
    let tag: UInt
    switch reserved {
    case .success(let reserved): tag = reserved
    case .failure(let failure): return .failure(failure)
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard state.withLock({ $0.table.attach(continuation, to: tag) }) else {
          continuation.resume(returning: .failure(.cancelled))
          return
        }
        produce(payload, to: partition, headers, tag)
      }
    } onCancel: {
      state.withLock { $0.table.abandon(tag) }?.resume(returning: .failure(.cancelled))
    }
  }

  private func produce(_ payload: [UInt8], to partition: Int, _ headers: [(name: String, value: [UInt8])], _ tag: UInt)
  {
    do throws(KafkaError) {
      guard let topic = state.withLock({ $0.sender?.topic }) else {
        throw KafkaError(RD_KAFKA_RESP_ERR__FATAL, "the producer is being made anew")
      }
      try topic.produce(payload.span, to: partition, headers: headers, tag: tag)
    } catch {
      state.withLock { $0.table.settle(tag) }?.continuation?.resume(returning: .failure(.failed(error)))
    }
  }

  /// Refuses new records; `run` then ends once those on their way have an outcome, or the close time-out has passed.
  func close() { state.withLock { $0.isClosing = true } }

  /// Takes the delivery reports until the producer is closed. Blocks its thread.
  func run() {
    let clock = ContinuousClock()
    var deadline: ContinuousClock.Instant?
    while let sender = state.withLock({ $0.sender }) {
      if let event = sender.queue.poll(milliseconds: 100) { take(event) }
      if sender.client.fatalError != nil { renew(sender) }
      let (isClosing, isEmpty) = state.withLock { ($0.isClosing, $0.table.isEmpty) }
      if !isClosing { continue }
      if deadline == nil { deadline = clock.now + closeTimeout }
      if let deadline, isEmpty || clock.now >= deadline { break }
    }
    let settled = state.withLock { state in
      state.sender = nil
      return state.table.settleAll()
    }
    for record in settled { record.continuation?.resume(returning: .failure(.closed)) }
  }

  private func take(_ event: KafkaEvent) {
    switch event.content() {
    case .deliveries(let deliveries): settle(deliveries)
    case .error(let error): telemetry.recordKafka(error)
    case .assigned, .revoked, .other: break
    }
  }

  private func settle(_ deliveries: [KafkaEvent.Delivery]) {
    let settled = state.withLock { state in deliveries.map { state.table.settle($0.tag) } }
    var appended: [Int: (records: Int, bytes: Int)] = [:]
    for (delivery, record) in zip(deliveries, settled) {
      guard let record else { continue }
      let outcome: Result<UInt64, Failure>
      if let error = delivery.error {
        outcome = .failure(.failed(error))
      } else if delivery.offset < 0 {
        // A repeated request whose first answer was lost may be confirmed without its place.
        outcome = .failure(
          .failed(KafkaError(RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER, "delivered at an unknown offset")))
      } else {
        outcome = .success(UInt64(delivery.offset))
        appended[record.partition, default: (0, 0)].records += 1
        appended[record.partition, default: (0, 0)].bytes += record.bytes
      }
      record.continuation?.resume(returning: outcome)
    }
    for (partition, sum) in appended {
      telemetry.record(
        .recordsAppended(partition: PartitionID(partition), records: sum.records, bytes: sum.bytes))
    }
    if let error = deliveries.first(where: { $0.error != nil })?.error {
      telemetry.record(.trouble(area: "kafka", reason: "records of '\(topicName)' were not confirmed: \(error)"))
    }
  }

  /// Puts a new producer in the place of one that is broken for good.
  private func renew(_ broken: Sender) {
    let reason = broken.client.fatalError?.reason ?? "unknown"
    telemetry.record(.trouble(area: "kafka", reason: "the producer of '\(topicName)' is made anew: \(reason)"))
    state.withLock { $0.sender = nil }
    broken.client.purge()
    while let event = broken.queue.poll(milliseconds: 200) { take(event) }
    let settled = state.withLock { $0.table.settleAll() }
    for record in settled {
      record.continuation?.resume(returning: .failure(.failed(KafkaError(RD_KAFKA_RESP_ERR__FATAL, reason))))
    }
    do throws(KafkaError) {
      let fresh = try makeSender()
      state.withLock { $0.sender = fresh }
    } catch {
      // The same settings made one before: this is a want of memory or threads. The broken one refuses what comes, and the
      // next turn tries again.
      state.withLock { $0.sender = broken }
    }
  }

  private func makeSender() throws(KafkaError) -> Sender {
    let client = try KafkaClient(.producer, settings, events: RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR)
    return Sender(client: client, topic: try client.topic(topicName), queue: client.mainQueue())
  }
}
