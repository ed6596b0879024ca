/// Where an event stands among all events of its tenant: total, stable, independent of log and store.
///
/// Ordered by timestamp, service, producer, sequence, index in the batch. Pages walk on it.
package struct OrderKey: Hashable, Comparable, Sendable {
  package let timestamp: Timestamp
  package let service: ServiceName
  package let producer: ProducerID
  package let sequence: UInt64
  package let index: UInt32

  package init(timestamp: Timestamp, service: ServiceName, producer: ProducerID, sequence: UInt64, index: UInt32) {
    self.timestamp = timestamp
    self.service = service
    self.producer = producer
    self.sequence = sequence
    self.index = index
  }

  package static func < (left: OrderKey, right: OrderKey) -> Bool {
    if left.timestamp != right.timestamp { return left.timestamp < right.timestamp }
    if left.service != right.service { return left.service < right.service }
    if left.producer != right.producer { return left.producer < right.producer }
    if left.sequence != right.sequence { return left.sequence < right.sequence }
    return left.index < right.index
  }

  /// timestamp (8), producer (16), sequence (8), index (4), then the service's text: 36 bytes and the name.
  package func append(to bytes: inout [UInt8]) {
    bytes.append(int64: timestamp.nanoseconds)
    producer.value.append(to: &bytes)
    bytes.append(uint64: sequence)
    bytes.append(uint32: index)
    bytes.append(lengthPrefixed: service.text)
  }

  package init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    timestamp = Timestamp(nanoseconds: try cursor.int64(bytes))
    producer = ProducerID(try Identifier128(bytes, at: &cursor))
    sequence = try cursor.uint64(bytes)
    index = try cursor.uint32(bytes)
    service = try ServiceName(bytes, at: &cursor)
  }
}
