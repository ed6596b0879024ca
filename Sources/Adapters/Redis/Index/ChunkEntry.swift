import Domain

/// A chunk as the index stores it within its slice and stream, behind the number of its object (4 bytes, little-endian, which
/// the commit script writes): about 35 bytes.
///
///     ordinal within the object · earliest event, from the slice's start · length of the time span · bucket, from the one that
///     holds the earliest event (zigzag) · byte range: start, length · directory range: start from there (zigzag), length
///     · events · severities
///
/// All but where it says otherwise are varints.
struct ChunkEntry {
  let object: UInt32
  let ordinal: Int
  let chunk: ChunkDescriptor

  static func append(_ chunk: ChunkDescriptor, ordinal: Int, in slice: TimeSlice, to bytes: inout [UInt8]) {
    let earliest = chunk.timeSpan.lowerBound
    bytes.append(varint: UInt64(ordinal))
    bytes.append(varint: UInt64(bitPattern: earliest.nanoseconds &- slice.start))
    bytes.append(varint: UInt64(bitPattern: chunk.timeSpan.upperBound.nanoseconds &- earliest.nanoseconds))
    bytes.append(zigzag: chunk.bucket.start.nanoseconds &- TimeBucket(containing: earliest).start.nanoseconds)
    bytes.append(varint: UInt64(chunk.byteRange.lowerBound))
    bytes.append(varint: UInt64(chunk.byteRange.count))
    bytes.append(zigzag: Int64(chunk.directoryRange.lowerBound &- chunk.byteRange.lowerBound))
    bytes.append(varint: UInt64(chunk.directoryRange.count))
    bytes.append(varint: UInt64(chunk.eventCount))
    bytes.append(varint: UInt64(chunk.severities))
  }

  /// The next entry of a slice.
  init(
    _ bytes: Span<UInt8>, at cursor: inout ByteCursor, of stream: StreamID, in slice: TimeSlice
  ) throws(DecodingError) {
    let offset = cursor.offset
    object = try cursor.uint32(bytes)
    ordinal = Int(clamping: try cursor.varint(bytes))
    let earliest = slice.start &+ Int64(bitPattern: try cursor.varint(bytes))
    let latest = earliest &+ Int64(bitPattern: try cursor.varint(bytes))
    let usual = TimeBucket(containing: Timestamp(nanoseconds: earliest)).start.nanoseconds
    let bucket = usual &+ (try cursor.zigzag(bytes))
    let start = Int(truncatingIfNeeded: try cursor.varint(bytes))
    let byteRange = try Self.range(from: start, try cursor.varint(bytes), offset)
    let directoryStart = start &+ Int(try cursor.zigzag(bytes))
    let directoryRange = try Self.range(from: directoryStart, try cursor.varint(bytes), offset)
    let eventCount = Int(clamping: try cursor.varint(bytes))
    let severities = UInt32(truncatingIfNeeded: try cursor.varint(bytes))
    guard earliest <= latest else { throw DecodingError(.malformed, at: offset, "a chunk ends before it begins") }
    chunk = ChunkDescriptor(
      stream: stream, bucket: TimeBucket(start: Timestamp(nanoseconds: bucket)), byteRange: byteRange,
      directoryRange: directoryRange,
      timeSpan: Timestamp(nanoseconds: earliest)...Timestamp(nanoseconds: latest), eventCount: eventCount,
      severities: severities)
  }

  private static func range(
    from start: Int, _ count: UInt64, _ offset: Int
  ) throws(DecodingError) -> Range<Int> {
    guard start >= 0, let count = Int(exactly: count), count <= Int.max - start else {
      throw DecodingError(.malformed, at: offset, "a range of bytes from \(start), \(count) long")
    }
    return start..<(start + count)
  }
}
