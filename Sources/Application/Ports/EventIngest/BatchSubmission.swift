package import Domain

/// One batch as a sender gave it, decoded from whatever wire it came by.
package struct BatchSubmission: Sendable {
  package let stream: StreamID
  /// Nil for a sender that has none: the ingestor gives it one, and a repeated sending is then a second batch.
  package let producer: ProducerID?
  package let sequence: UInt64
  /// CRC-32C of the resource and event messages as sent, each preceded by its length.
  package let digest: UInt32
  package let placement: UInt32
  /// How long before this sending the batch was first sent.
  package let age: Duration
  /// Take events however old they are (an import of old logs).
  package let acceptsAnyAge: Bool
  package let traceParent: String
  package let events: EventColumns
  /// Events that the decoder had to leave out of `events`, by index.
  package let rejections: [EventRejection]
  /// Bytes of the batch on the wire, for limits and metering.
  package let wireBytes: Int
  /// A dead letter that an operator sends again: its size was judged when it first came, its times are kept, and what is refused of it
  /// makes no second letter.
  package let isReplay: Bool

  package init(
    stream: StreamID, producer: ProducerID?, sequence: UInt64, digest: UInt32, placement: UInt32, age: Duration,
    acceptsAnyAge: Bool, traceParent: String, events: EventColumns, rejections: [EventRejection], wireBytes: Int,
    isReplay: Bool = false
  ) {
    self.stream = stream
    self.producer = producer
    self.sequence = sequence
    self.digest = digest
    self.placement = placement
    self.age = age
    self.acceptsAnyAge = acceptsAnyAge
    self.traceParent = traceParent
    self.events = events
    self.rejections = rejections
    self.wireBytes = wireBytes
    self.isReplay = isReplay
  }
}
