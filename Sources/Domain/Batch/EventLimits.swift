/// What a single event may be. Refused events go to the dead letters with the reason; the rest of their batch is kept.
package struct EventLimits: Hashable, Sendable {
  /// Bytes of one message. With its attributes it must fit the 2 MiB that a batch of one event may have.
  package var messageBytes = (2 << 20) - (64 << 10)
  /// Bytes of the sender's word for the level.
  package var severityTextBytes = 64
  package var attributes = 128
  package var attributeKeyBytes = 256
  package var attributeValueBytes = 32 << 10

  package init() {}
}
