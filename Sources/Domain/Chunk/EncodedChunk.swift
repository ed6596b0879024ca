/// A chunk that is encoded and not yet part of an object.
package struct EncodedChunk: Sendable {
  package let stream: StreamID
  package let bytes: [UInt8]
  /// Where in `bytes` the directory lies.
  package let directoryRange: Range<Int>
  package let timeSpan: ClosedRange<Timestamp>
  package let eventCount: Int
  package let severities: UInt32

  /// What the index keeps of it once it lies at `offset` of an object.
  package func descriptor(at offset: Int, bucket: TimeBucket) -> ChunkDescriptor {
    ChunkDescriptor(
      stream: stream, bucket: bucket, byteRange: offset..<(offset + bytes.count),
      directoryRange: (offset + directoryRange.lowerBound)..<(offset + directoryRange.upperBound), timeSpan: timeSpan,
      eventCount: eventCount, severities: severities)
  }
}
