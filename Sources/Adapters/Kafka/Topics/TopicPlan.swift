/// A topic as this adapter makes it.
struct TopicPlan: Sendable {
  let name: String
  let partitions: Int
  /// Nil for three, or as many as there are brokers where there are fewer.
  let replication: Int?
  /// Nil for two, or one where there is one copy.
  let minimumInSync: Int?
  /// In Kafka's words (`cleanup.policy` and the like), without those of durability.
  let settings: [(name: String, value: String)]

  func replicas(brokers: Int) -> Int { replication ?? max(1, min(3, brokers)) }

  func inSync(replicas: Int) -> Int { minimumInSync ?? max(1, min(2, replicas - 1)) }

  /// All settings of a new topic.
  func allSettings(replicas: Int) -> [(name: String, value: String)] {
    settings + [
      ("min.insync.replicas", "\(inSync(replicas: replicas))"), ("unclean.leader.election.enable", "false"),
      ("message.timestamp.type", "LogAppendTime"),
    ]
  }

  /// The partitioned log. What is committed is freed by `trim`, and nothing before: retention is by time, long enough that a
  /// processor may be away for days.
  static func log(_ configuration: KafkaEventLogConfiguration) -> TopicPlan {
    TopicPlan(
      name: configuration.topic, partitions: configuration.partitions, replication: configuration.replication,
      minimumInSync: configuration.minimumInSync,
      settings: [
        ("cleanup.policy", "delete"), ("max.message.bytes", "\(KafkaEventLogConfiguration.maximumMessageBytes)"),
        ("retention.ms", "\(7 * 86_400_000)"), ("retention.bytes", "-1"),
      ])
  }

  /// Something small that must never go.
  static func kept(_ name: String, replication: Int?, minimumInSync: Int?, messageBytes: Int) -> TopicPlan {
    TopicPlan(
      name: name, partitions: 1, replication: replication, minimumInSync: minimumInSync,
      settings: [
        ("cleanup.policy", "delete"), ("retention.ms", "-1"), ("retention.bytes", "-1"),
        ("max.message.bytes", "\(messageBytes)"),
      ])
  }
}
