import Crdkafka

/// What a client asks of the cluster's topics. Every call blocks until the cluster has answered or the time is up.
struct KafkaAdmin: Sendable {
  /// A topic as the cluster describes it.
  struct Description: Sendable {
    var partitions: Int
    /// Of the partition that has the fewest.
    var replicas: Int
  }

  let client: KafkaClient
  let timeout: Duration

  private var milliseconds: CInt { timeout.kafkaMilliseconds }

  /// Nil for the topic if there is none; the number of brokers is there in any case.
  func describe(_ name: String) throws(KafkaError) -> (topic: Description?, brokers: Int) {
    let topic = try client.topic(name)
    return try topic.describe(within: milliseconds)
  }

  /// - Throws: Also if it is there already (`TOPIC_ALREADY_EXISTS`).
  func createTopic(
    _ name: String, partitions: Int, replicas: Int, settings: [(name: String, value: String)]
  ) throws(KafkaError) {
    var reason = [CChar](repeating: 0, count: 512)
    guard
      let topic = unsafe rd_kafka_NewTopic_new(
        name, CInt(partitions), CInt(replicas), &reason, reason.count)
    else { throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, KafkaClient.text(reason)) }
    defer { unsafe rd_kafka_NewTopic_destroy(topic) }
    for (name, value) in settings { unsafe rd_kafka_NewTopic_set_config(topic, name, value) }
    let event = try unsafe answer(to: RD_KAFKA_ADMIN_OP_CREATETOPICS) { options, queue in
      var topics: [OpaquePointer?] = unsafe [topic]
      unsafe rd_kafka_CreateTopics(client.handle, &topics, 1, options, queue)
    }
    guard let result = unsafe rd_kafka_event_CreateTopics_result(event.handle) else { return }
    var count = 0
    try unsafe Self.check(rd_kafka_CreateTopics_result_topics(result, &count), count)
  }

  /// Raises the number of a topic's partitions.
  func createPartitions(_ name: String, total: Int) throws(KafkaError) {
    var reason = [CChar](repeating: 0, count: 512)
    guard let partitions = unsafe rd_kafka_NewPartitions_new(name, total, &reason, reason.count) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, KafkaClient.text(reason))
    }
    defer { unsafe rd_kafka_NewPartitions_destroy(partitions) }
    let event = try unsafe answer(to: RD_KAFKA_ADMIN_OP_CREATEPARTITIONS) { options, queue in
      var all: [OpaquePointer?] = unsafe [partitions]
      unsafe rd_kafka_CreatePartitions(client.handle, &all, 1, options, queue)
    }
    guard let result = unsafe rd_kafka_event_CreatePartitions_result(event.handle) else { return }
    var count = 0
    try unsafe Self.check(rd_kafka_CreatePartitions_result_topics(result, &count), count)
  }

  /// A topic's settings, the cluster's defaults among them.
  func settings(of name: String) throws(KafkaError) -> [String: String] {
    guard let resource = unsafe rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG)
    }
    defer { unsafe rd_kafka_ConfigResource_destroy(resource) }
    let event = try unsafe answer(to: RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS) { options, queue in
      var resources: [OpaquePointer?] = unsafe [resource]
      unsafe rd_kafka_DescribeConfigs(client.handle, &resources, 1, options, queue)
    }
    guard let result = unsafe rd_kafka_event_DescribeConfigs_result(event.handle) else { return [:] }
    var count = 0
    guard let found = unsafe rd_kafka_DescribeConfigs_result_resources(result, &count), count == 1,
      let described = unsafe found[0]
    else { return [:] }
    try KafkaError.check(unsafe rd_kafka_ConfigResource_error(described))
    return unsafe Self.entries(of: described)
  }

  /// Lets the log forget what lies below `offset`.
  func deleteRecords(of topic: String, _ partition: Int, below offset: UInt64) throws(KafkaError) {
    let list = KafkaPartitionList()
    list.add(topic, partition, offset: Int64(offset))
    guard let request = unsafe rd_kafka_DeleteRecords_new(list.handle) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG)
    }
    defer { unsafe rd_kafka_DeleteRecords_destroy(request) }
    let event = try unsafe answer(to: RD_KAFKA_ADMIN_OP_DELETERECORDS) { options, queue in
      var requests: [OpaquePointer?] = unsafe [request]
      unsafe rd_kafka_DeleteRecords(client.handle, &requests, 1, options, queue)
    }
    guard let result = unsafe rd_kafka_event_DeleteRecords_result(event.handle),
      let offsets = unsafe rd_kafka_DeleteRecords_result_offsets(result)
    else { return }
    if let error = unsafe KafkaPartitionList(copying: offsets).firstError { throw error }
  }

  private func answer(
    to operation: rd_kafka_admin_op_t, _ ask: (OpaquePointer?, OpaquePointer) -> Void
  ) throws(KafkaError) -> KafkaEvent {
    let options = unsafe rd_kafka_AdminOptions_new(client.handle, operation)
    defer { unsafe rd_kafka_AdminOptions_destroy(options) }
    var reason = [CChar](repeating: 0, count: 256)
    unsafe rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, &reason, reason.count)
    if operation != RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS {
      unsafe rd_kafka_AdminOptions_set_operation_timeout(options, milliseconds, &reason, reason.count)
    }
    let queue = client.newQueue()
    unsafe ask(options, queue.handle)
    guard let event = queue.poll(milliseconds: milliseconds + 1_000) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT)
    }
    if let error = event.error { throw error }
    return event
  }

  private static func check(
    _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int
  ) throws(KafkaError) {
    for index in 0..<count {
      guard let result = unsafe results?[index] else { continue }
      let code = unsafe rd_kafka_topic_result_error(result)
      if code == RD_KAFKA_RESP_ERR_NO_ERROR { continue }
      throw KafkaError(code, unsafe rd_kafka_topic_result_error_string(result).map { unsafe String(cString: $0) })
    }
  }

  private static func entries(of resource: OpaquePointer) -> [String: String] {
    var count = 0
    let entries = unsafe rd_kafka_ConfigResource_configs(resource, &count)
    var found: [String: String] = [:]
    for index in 0..<count {
      guard let entry = unsafe entries?[index], let name = unsafe rd_kafka_ConfigEntry_name(entry),
        let value = unsafe rd_kafka_ConfigEntry_value(entry)
      else { continue }
      unsafe found[String(cString: name)] = String(cString: value)
    }
    return found
  }
}
