import Crdkafka

/// A list of partitions of topics, as librdkafka takes and gives them.
@safe
final class KafkaPartitionList {
  let handle: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  init() { unsafe handle = rd_kafka_topic_partition_list_new(8) }

  init(copying list: UnsafePointer<rd_kafka_topic_partition_list_t>) {
    unsafe handle = rd_kafka_topic_partition_list_copy(list)
  }

  deinit { unsafe rd_kafka_topic_partition_list_destroy(handle) }

  /// The partitions' numbers, in the list's order.
  var partitions: [Int] {
    (0..<Int(unsafe handle.pointee.cnt)).map { Int(unsafe handle.pointee.elems[$0].partition) }
  }

  /// What a broker said to the first of them.
  var firstError: KafkaError? {
    guard unsafe handle.pointee.cnt > 0 else { return nil }
    let code = unsafe handle.pointee.elems[0].err
    return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(code)
  }

  func add(_ topic: String, _ partition: Int, offset: Int64) {
    unsafe rd_kafka_topic_partition_list_add(handle, topic, Int32(partition)).pointee.offset = offset
  }

  func setOffsets(_ offset: Int64) {
    for index in 0..<Int(unsafe handle.pointee.cnt) { unsafe handle.pointee.elems[index].offset = offset }
  }
}
