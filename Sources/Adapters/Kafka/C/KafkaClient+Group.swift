import Crdkafka

/// A consumer as a member of a group.
extension KafkaClient {
  /// Joins the group and asks for partitions of the topic.
  ///
  /// - Returns: Where assignments, revocations and errors arrive. It has to be polled all the time.
  func subscribe(to topic: String) throws(KafkaError) -> KafkaQueue {
    try KafkaError.check(unsafe rd_kafka_poll_set_consumer(handle))
    let topics = KafkaPartitionList()
    topics.add(topic, Int(RD_KAFKA_PARTITION_UA), offset: Int64(RD_KAFKA_OFFSET_INVALID))
    try KafkaError.check(unsafe rd_kafka_subscribe(handle, topics.handle))
    // Never null for a consumer.
    return unsafe KafkaQueue(rd_kafka_queue_get_consumer(handle)!, of: self)
  }

  /// Takes what the group gives, and fetches nothing of it: records are read by another client.
  func accept(_ partitions: KafkaPartitionList) throws(KafkaError) {
    partitions.setOffsets(Int64(RD_KAFKA_OFFSET_END))
    try unsafe KafkaError.check(taking: rd_kafka_incremental_assign(handle, partitions.handle))
    try KafkaError.check(unsafe rd_kafka_pause_partitions(handle, partitions.handle))
  }

  /// Gives partitions back to the group.
  func giveUp(_ partitions: KafkaPartitionList) throws(KafkaError) {
    try unsafe KafkaError.check(taking: rd_kafka_incremental_unassign(handle, partitions.handle))
  }

  /// Begins to leave the group (a static member keeps its place); the queue has to be polled until `hasLeft`.
  func leave(_ queue: KafkaQueue) throws(KafkaError) {
    try unsafe KafkaError.check(taking: rd_kafka_consumer_close_queue(handle, queue.handle))
  }

  var hasLeft: Bool { unsafe rd_kafka_consumer_closed(handle) != 0 }
}
