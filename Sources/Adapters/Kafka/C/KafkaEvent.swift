import Crdkafka

/// Something that happened to a client.
@safe
final class KafkaEvent {
  /// What became of a record that was queued for sending.
  struct Delivery: Sendable {
    let tag: UInt
    let error: KafkaError?
    /// Negative if it is not known, although the record was delivered.
    let offset: Int64
  }

  enum Content {
    case deliveries([Delivery])
    case error(KafkaError)
    case assigned(KafkaPartitionList)
    case revoked(KafkaPartitionList)
    case other
  }

  let handle: OpaquePointer

  init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe rd_kafka_event_destroy(handle) }

  /// Once: deliveries are taken out of the event.
  func content() -> Content {
    switch unsafe rd_kafka_event_type(handle) {
    case RD_KAFKA_EVENT_DR: return .deliveries(deliveries())
    case RD_KAFKA_EVENT_ERROR: return .error(error ?? KafkaError(RD_KAFKA_RESP_ERR__FAIL))
    case RD_KAFKA_EVENT_REBALANCE:
      guard let list = unsafe rd_kafka_event_topic_partition_list(handle) else { return .other }
      let partitions = unsafe KafkaPartitionList(copying: list)
      return unsafe rd_kafka_event_error(handle) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS
        ? .assigned(partitions) : .revoked(partitions)
    default: return .other
    }
  }

  /// What the event says went wrong; nil if nothing did.
  var error: KafkaError? {
    let code = unsafe rd_kafka_event_error(handle)
    if code == RD_KAFKA_RESP_ERR_NO_ERROR { return nil }
    return KafkaError(code, unsafe rd_kafka_event_error_string(handle).map { unsafe String(cString: $0) })
  }

  private func deliveries() -> [Delivery] {
    var deliveries: [Delivery] = []
    deliveries.reserveCapacity(unsafe rd_kafka_event_message_count(handle))
    while let message = unsafe rd_kafka_event_message_next(handle) {
      let code = unsafe message.pointee.err
      deliveries.append(
        Delivery(
          tag: unsafe cordwood_kafka_tag(message), error: code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(code),
          offset: unsafe message.pointee.offset))
    }
    return deliveries
  }
}
