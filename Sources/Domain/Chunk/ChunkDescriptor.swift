/// What the index knows of a chunk: enough to plan a query without reading it.
package struct ChunkDescriptor: Hashable, Sendable {
  package let stream: StreamID
  package let bucket: TimeBucket
  /// Bytes of the object that the chunk fills, blocks and directory.
  package let byteRange: Range<Int>
  /// The part of `byteRange` that its directory fills.
  package let directoryRange: Range<Int>
  /// Times of its earliest and its latest event.
  package let timeSpan: ClosedRange<Timestamp>
  package let eventCount: Int
  /// Bit n: it holds an event of severity number n.
  package let severities: UInt32

  package init(
    stream: StreamID, bucket: TimeBucket, byteRange: Range<Int>, directoryRange: Range<Int>,
    timeSpan: ClosedRange<Timestamp>, eventCount: Int, severities: UInt32
  ) {
    self.stream = stream
    self.bucket = bucket
    self.byteRange = byteRange
    self.directoryRange = directoryRange
    self.timeSpan = timeSpan
    self.eventCount = eventCount
    self.severities = severities
  }
}
