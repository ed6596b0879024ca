import Application
import Crdkafka

/// What a log on Kafka is made of. Making it blocks: the cluster is asked for its id and its topics.
struct LogParts: Sendable {
  let producer: KafkaProducer
  let consumer: KafkaClient
  let topic: KafkaTopic
  let questionTopic: KafkaTopic
  let placementTopic: KafkaTopic
  let cluster: String
  let partitions: Int

  init(_ configuration: KafkaEventLogConfiguration, _ telemetry: any Telemetry) throws(EventLogError) {
    do throws(KafkaError) {
      consumer = try KafkaClient(.consumer, Self.consumerSettings(configuration), events: RD_KAFKA_EVENT_ERROR)
      let timeout = configuration.connection.answerTimeout
      guard let cluster = consumer.clusterID(within: timeout.kafkaMilliseconds) else {
        throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, Self.silence(consumer) ?? "no broker answered within \(timeout)")
      }
      self.cluster = cluster
    } catch { throw EventLogError(asking: error, "\(configuration.connection)") }
    let keeper = TopicKeeper(
      admin: KafkaAdmin(client: consumer, timeout: configuration.connection.answerTimeout), telemetry: telemetry,
      creates: configuration.createsTopics && !configuration.keepsPlacements)
    do throws(TopicKeeper.Failure) {
      partitions = try keeper.ensure(.log(configuration))
      _ = try keeper.ensure(
        .kept(
          configuration.placementTopic, replication: configuration.replication,
          minimumInSync: configuration.minimumInSync, messageBytes: 1 << 20))
    } catch { throw EventLogError(error, "\(configuration.connection)") }
    do throws(KafkaError) {
      topic = try consumer.topic(configuration.topic)
      questionTopic = try KafkaClient(.consumer, configuration.connection.settings(), events: 0).topic(
        configuration.topic)
      placementTopic = try consumer.topic(configuration.placementTopic)
      producer = try Self.producer(configuration, topic: configuration.topic, telemetry)
    } catch { throw EventLogError(asking: error, "\(configuration.connection)") }
  }

  static func producer(
    _ configuration: KafkaEventLogConfiguration, topic: String, _ telemetry: any Telemetry
  ) throws(KafkaError) -> KafkaProducer {
    try KafkaProducer(
      configuration.connection, topic: topic, linger: configuration.linger,
      deliveryTimeout: configuration.deliveryTimeout,
      limits: .init(bytes: configuration.queueBytes, partitionBytes: configuration.partitionQueueBytes),
      maximumMessageBytes: KafkaEventLogConfiguration.maximumMessageBytes, closeTimeout: configuration.closeTimeout,
      telemetry: telemetry)
  }

  /// Why no broker answers, if the client knows: wrong credentials, a certificate.
  private static func silence(_ consumer: KafkaClient) -> String? {
    let queue = consumer.mainQueue()
    var reason: String?
    while let event = queue.poll(milliseconds: 0) {
      guard case .error(let error) = event.content() else { continue }
      if reason == nil || error.code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN { reason = "\(error) (\(error.name))" }
    }
    return reason
  }

  private static func consumerSettings(
    _ configuration: KafkaEventLogConfiguration
  ) throws(KafkaError) -> [(name: String, value: String)] {
    // Of each partition, since each has a queue of its own.
    let prefetch = max(1 << 20, configuration.prefetchBytes / configuration.partitions)
    return try configuration.connection.settings() + PartitionReader.settings + [
      ("enable.auto.offset.store", "false"), ("fetch.error.backoff.ms", "100"),
      ("fetch.message.max.bytes", "\(min(prefetch, KafkaEventLogConfiguration.maximumMessageBytes))"),
      ("fetch.max.bytes", "\(max(KafkaEventLogConfiguration.maximumMessageBytes, 16 << 20))"),
      ("receive.message.max.bytes", "\(64 << 20)"), ("queued.max.messages.kbytes", "\(prefetch / 1_024)"),
      ("topic.metadata.refresh.interval.ms", "30000"),
    ]
  }
}
