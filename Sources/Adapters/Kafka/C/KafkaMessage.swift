import Crdkafka

/// What a consumer's queue yields: a record, or news of a partition.
struct KafkaMessage: Sendable {
  /// `_PARTITION_EOF` says that the end was reached, which `offset` is.
  let error: KafkaError?
  let offset: Int64
  /// Milliseconds since 1970; -1 if it has none.
  let time: Int64
  let payload: [UInt8]
}
