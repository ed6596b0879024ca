package import Domain

/// A batch that an agent has cut and not yet encoded.
package struct OutgoingBatch: Sendable {
  package let stream: StreamID
  package let producer: ProducerID
  package let sequence: UInt64
  package let placement: UInt32
  package let acceptsAnyAge: Bool
  /// W3C `traceparent` of the sending; empty if it is part of no trace.
  package let traceParent: String
  package let events: EventColumns

  package init(
    stream: StreamID, producer: ProducerID, sequence: UInt64, placement: UInt32, acceptsAnyAge: Bool,
    traceParent: String, events: EventColumns
  ) {
    self.stream = stream
    self.producer = producer
    self.sequence = sequence
    self.placement = placement
    self.acceptsAnyAge = acceptsAnyAge
    self.traceParent = traceParent
    self.events = events
  }
}
