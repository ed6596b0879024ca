/// Settings of a member of the group that shares a log's partitions.
package struct KafkaOwnershipConfiguration: Sendable {
  package var connection: KafkaConnection
  /// Of the log.
  package var topic: String
  package var group: String
  /// A name that no other member has and that stays over restarts (`group.instance.id`): a member that comes back within the
  /// session time-out has its partitions again, and nobody else had them meanwhile. Nil: they are given to others at once.
  package var instance: String?
  /// A member that was not heard of for so long is taken for dead.
  package var sessionTimeout = Duration.seconds(30)
  /// How long a session may take to end before its partition goes to another member all the same.
  package var revocationTimeout = Duration.seconds(60)
  /// How long leaving the group may take.
  package var closeTimeout = Duration.seconds(10)

  package init(connection: KafkaConnection, topic: String = "cordwood-logs", group: String = "cordwood-processors") {
    self.connection = connection
    self.topic = topic
    self.group = group
  }

  func settings() throws(KafkaError) -> [(name: String, value: String)] {
    let session = Int(sessionTimeout.kafkaMilliseconds)
    let name = instance.map { [(name: "group.instance.id", value: $0)] } ?? []
    return try connection.settings() + name + [
      ("group.id", group), ("partition.assignment.strategy", "cooperative-sticky"),
      ("session.timeout.ms", "\(session)"), ("heartbeat.interval.ms", "\(max(1, min(3_000, session / 3)))"),
      ("max.poll.interval.ms", "\(max(300_000, session))"), ("enable.auto.commit", "false"),
      ("auto.offset.reset", "latest"), ("topic.metadata.refresh.interval.ms", "30000"),
      // Nothing is read here.
      ("queued.max.messages.kbytes", "64"), ("fetch.message.max.bytes", "1024"),
    ]
  }
}
