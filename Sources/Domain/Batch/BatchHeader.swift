/// What a batch says of itself besides its events.
package struct BatchHeader: Hashable, Sendable {
  package let stream: StreamID
  package let producer: ProducerID
  /// Counted from 0 by the producer, per stream.
  package let sequence: UInt64
  /// CRC-32C of the event bytes as the sender sent them, before anything was changed (DESIGN section 4, rule 4).
  package let digest: UInt32
  /// The version of the placement that chose the partition.
  package let placement: UInt32
  /// When the sender first sent it, by the ingestor's clock: time of receipt less the age that came with the batch.
  package let firstSent: Timestamp
  package let received: Timestamp
  /// W3C `traceparent` of the sending, empty if there was none.
  package let traceParent: String

  package init(
    stream: StreamID, producer: ProducerID, sequence: UInt64, digest: UInt32, placement: UInt32 = 0,
    firstSent: Timestamp, received: Timestamp, traceParent: String = ""
  ) {
    self.stream = stream
    self.producer = producer
    self.sequence = sequence
    self.digest = digest
    self.placement = placement
    self.firstSent = firstSent
    self.received = received
    self.traceParent = traceParent
  }
}
