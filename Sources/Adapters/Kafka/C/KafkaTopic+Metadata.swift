import Crdkafka

extension KafkaTopic {
  /// Asks a broker what there is of the topic. Blocks.
  func describe(within milliseconds: CInt) throws(KafkaError) -> (topic: KafkaAdmin.Description?, brokers: Int) {
    var answer: UnsafePointer<rd_kafka_metadata>?
    try KafkaError.check(unsafe rd_kafka_metadata(client.handle, 0, handle, &answer, milliseconds))
    guard let metadata = unsafe answer else { throw KafkaError(RD_KAFKA_RESP_ERR__FAIL) }
    defer { unsafe rd_kafka_metadata_destroy(metadata) }
    let brokers = Int(unsafe metadata.pointee.broker_cnt)
    guard unsafe metadata.pointee.topic_cnt == 1 else { return (nil, brokers) }
    let topic = unsafe metadata.pointee.topics[0]
    switch unsafe topic.err {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC: return (nil, brokers)
    case let code: try KafkaError.check(code)
    }
    let count = Int(unsafe topic.partition_cnt)
    if count == 0 { return (nil, brokers) }
    let replicas = (0..<count).map { Int(unsafe topic.partitions[$0].replica_cnt) }.min() ?? 0
    return (KafkaAdmin.Description(partitions: count, replicas: replicas), brokers)
  }
}
