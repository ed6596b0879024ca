package import Domain

/// A batch as it will be sent, however often.
package struct JournaledBatch: Hashable, Sendable {
  package let stream: StreamID
  package let sequence: UInt64
  package let eventCount: Int
  /// Encoded by the sink; the same bytes each time.
  package let content: [UInt8]
  /// When it is first sent, by this machine's clock; the server learns only how long ago that was.
  package let firstSent: Timestamp

  package init(stream: StreamID, sequence: UInt64, eventCount: Int, content: [UInt8], firstSent: Timestamp) {
    self.stream = stream
    self.sequence = sequence
    self.eventCount = eventCount
    self.content = content
    self.firstSent = firstSent
  }
}
