/// Settings of the log on Kafka.
package struct KafkaEventLogConfiguration: Sendable {
  package var connection: KafkaConnection
  package var topic: String
  /// Partitions that new producers are placed on. Kafka can add partitions to a topic and never take them away.
  package var partitions = 8
  /// Over how many partitions one stream is spread.
  package var spread = 1
  /// Leave the log's placements as they are, whatever `partitions` and `spread` say: for whoever only reads.
  package var keepsPlacements = false
  /// Make the topics if they are missing.
  package var createsTopics = true
  /// Copies of each record; nil for three, or as many as there are brokers where there are fewer (which is told).
  package var replication: Int?
  /// Copies that a record needs before it counts; nil for two, or one where there is one copy.
  package var minimumInSync: Int?

  /// Bytes of records, over all partitions, that wait for their delivery; beyond it `append` answers `.full`.
  package var queueBytes = 64 << 20
  /// The part of it that one partition may take, so that a partition without a leader does not hold up the others.
  package var partitionShare = 0.5
  /// What a sender is told to wait then.
  package var retryAfter = Duration.milliseconds(500)
  /// How long a record waits for company.
  package var linger = Duration.milliseconds(5)
  /// After this a record that has no outcome counts as unknown. Below the deadline of the agents' acks (30 s).
  package var deliveryTimeout = Duration.seconds(15)
  /// The largest record; the topic's `max.message.bytes` is `maximumMessageBytes`, which has room for headers.
  package var recordBytes = (4 << 20) - (16 << 10)
  package static let maximumMessageBytes = 4 << 20

  /// Bytes, over all partitions that are read, that are fetched ahead.
  package var prefetchBytes = 64 << 20
  /// How long a reader waits for records that are there.
  package var fetchTimeout = Duration.seconds(10)
  /// A partition that nobody read for so long is no longer fetched.
  package var idleAfter = Duration.seconds(60)

  /// How old the list of placements may be that is used.
  package var placementAge = Duration.seconds(10)
  /// A new placement is used for new producers only so long after it was written, so that readers know it first.
  package var placementDelay = Duration.seconds(30)

  /// Committed records are given up so long after they were committed; an index that was set back finds them until then.
  package var keepsFor = Duration.seconds(3_600)
  /// How long `close` waits for what is on its way.
  package var closeTimeout = Duration.seconds(10)

  /// - Precondition: `partitions` and `spread` are at least 1, `spread` at most `partitions`.
  package init(connection: KafkaConnection, topic: String = "cordwood-logs", partitions: Int = 8, spread: Int = 1) {
    precondition(
      partitions >= 1 && spread >= 1 && spread <= partitions, "a spread of \(spread) over \(partitions) partitions")
    self.connection = connection
    self.topic = topic
    self.partitions = partitions
    self.spread = spread
  }

  /// The topic of the list of placements.
  var placementTopic: String { topic + ".placements" }

  var partitionQueueBytes: Int { Int(Double(queueBytes) * partitionShare) }
}
