/// Settings of the dead letters on Kafka.
package struct KafkaDeadLetterQueueConfiguration: Sendable {
  package var connection: KafkaConnection
  /// With one partition.
  package var topic: String
  /// Make the topic if it is missing.
  package var createsTopic = true
  /// Copies of each letter; nil for three, or as many as there are brokers where there are fewer.
  package var replication: Int?
  /// Copies that a letter needs before it counts; nil for two, or one where there is one copy.
  package var minimumInSync: Int?
  /// Letters at most. Each costs up to 75 bytes of memory in every process that uses the queue: where it lies, and a hash.
  package var letters = 1_000_000
  /// The part of them that letters of flushes have to themselves.
  package var flushShare = 0.1
  /// After this a letter that has no outcome counts as unknown.
  package var deliveryTimeout = Duration.seconds(15)
  /// How long a reader waits for what is there.
  package var fetchTimeout = Duration.seconds(10)
  package var closeTimeout = Duration.seconds(10)
  /// The largest message: a letter of an event or record of 4 MiB with what is known of it. The topic's `max.message.bytes`.
  package static let messageBytes = 5 << 20

  package init(connection: KafkaConnection, topic: String = "cordwood-dead-letters") {
    self.connection = connection
    self.topic = topic
  }
}
