import Crdkafka

/// A topic as one client sees it.
@safe
final class KafkaTopic: @unchecked Sendable {  // as KafkaClient
  let client: KafkaClient
  let handle: OpaquePointer

  init(_ handle: OpaquePointer, of client: KafkaClient) {
    unsafe self.handle = handle
    self.client = client
  }

  deinit { unsafe rd_kafka_topic_destroy(handle) }

  var name: String { unsafe String(cString: rd_kafka_topic_name(handle)) }

  /// Queues a record for sending; its delivery report names `tag`. Copies the payload, does not wait.
  func produce(
    _ payload: Span<UInt8>, to partition: Int, headers: [(name: String, value: [UInt8])],
    tag: UInt
  ) throws(KafkaError) {
    let list = unsafe rd_kafka_headers_new(headers.count)
    for (name, value) in headers {
      unsafe rd_kafka_header_add(list, name, -1, value, value.count)
    }
    let code = unsafe payload.withUnsafeBytes { bytes in
      unsafe cordwood_kafka_produce(
        client.handle, handle, Int32(partition), bytes.baseAddress, bytes.count, list, tag)
    }
    if code != RD_KAFKA_RESP_ERR_NO_ERROR {
      unsafe rd_kafka_headers_destroy(list)
      throw KafkaError(code)
    }
  }

  /// Begins to fetch a partition from `offset` on, into `queue`. Not twice without `stop`.
  func start(_ partition: Int, at offset: UInt64, into queue: KafkaQueue) throws(KafkaError) {
    let status = unsafe rd_kafka_consume_start_queue(handle, Int32(partition), Int64(offset), queue.handle)
    if status != 0 { throw KafkaError(rd_kafka_last_error()) }
  }

  /// Goes on at another offset. What was fetched before is dropped. Blocks until the client's own thread has it.
  func seek(_ partition: Int, to offset: UInt64) throws(KafkaError) {
    try KafkaError.check(unsafe rd_kafka_seek(handle, Int32(partition), Int64(offset), 5_000))
  }

  /// Blocks until the client's own thread has it.
  func stop(_ partition: Int) { unsafe rd_kafka_consume_stop(handle, Int32(partition)) }

  /// Asks the partition's leader where it begins and ends. Blocks.
  func bounds(of partition: Int, within milliseconds: CInt) throws(KafkaError) -> (start: Int64, end: Int64) {
    var (low, high) = (Int64(0), Int64(0))
    try KafkaError.check(
      unsafe rd_kafka_query_watermark_offsets(
        client.handle, rd_kafka_topic_name(handle), Int32(partition), &low, &high, milliseconds))
    return (low, high)
  }

  /// The end as the newest answer to a fetch told it; nil before there was one.
  func fetchedEnd(of partition: Int) -> Int64? {
    var (low, high) = (Int64(0), Int64(0))
    let code = unsafe rd_kafka_get_watermark_offsets(
      client.handle, rd_kafka_topic_name(handle), Int32(partition), &low, &high)
    return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
  }
}
