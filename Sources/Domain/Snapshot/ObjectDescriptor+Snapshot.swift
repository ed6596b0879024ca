/// A descriptor within a snapshot (`FORMAT.md`): small numbers, since there is one for every chunk there is.
extension ObjectDescriptor {
  func append(to bytes: inout [UInt8], _ streams: SnapshotStreams) {
    bytes.append(lengthPrefixed: key.text)
    flush.value.append(to: &bytes)
    bytes.append(varint: UInt64(size))
    bytes.append(sha256 == nil ? 0 : 1)
    if let sha256 { bytes.append(contentsOf: sha256) }
    bytes.append(formatVersion)
    bytes.append(lengthPrefixed: codec)
    bytes.append(varint: UInt64(chunks.count))
    for chunk in chunks { chunk.append(to: &bytes, streams) }
  }

  init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor, _ streams: SnapshotStreams) throws(DecodingError) {
    let offset = cursor.offset
    guard let key = ObjectKey(try cursor.text(bytes)) else {
      throw DecodingError(.malformed, at: offset, "an object's name is no object key")
    }
    let flush = FlushID(try Identifier128(bytes, at: &cursor))
    let size = Int(clamping: try cursor.varint(bytes))
    let sha256 = try cursor.uint8(bytes) == 0 ? nil : [UInt8](bytes.extracting(try cursor.take(32)))
    let formatVersion = try cursor.uint8(bytes)
    let codec = try cursor.text(bytes)
    var chunks: [ChunkDescriptor] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 10)) {
      chunks.append(try ChunkDescriptor(bytes, at: &cursor, streams))
    }
    self.init(
      key: key, flush: flush, size: size, sha256: sha256, formatVersion: formatVersion, codec: codec, chunks: chunks)
  }
}

extension ChunkDescriptor {
  fileprivate func append(to bytes: inout [UInt8], _ streams: SnapshotStreams) {
    bytes.append(varint: UInt64(streams.place(of: stream)))
    bytes.append(int64: bucket.start.nanoseconds)
    bytes.append(zigzag: timeSpan.lowerBound.nanoseconds &- bucket.start.nanoseconds)
    bytes.append(varint: UInt64(bitPattern: timeSpan.upperBound.nanoseconds &- timeSpan.lowerBound.nanoseconds))
    bytes.append(varint: UInt64(byteRange.lowerBound))
    bytes.append(varint: UInt64(byteRange.count))
    bytes.append(varint: UInt64(directoryRange.lowerBound))
    bytes.append(varint: UInt64(directoryRange.count))
    bytes.append(varint: UInt64(eventCount))
    bytes.append(varint: UInt64(severities))
  }

  fileprivate init(
    _ bytes: Span<UInt8>, at cursor: inout ByteCursor, _ streams: SnapshotStreams
  ) throws(DecodingError) {
    let offset = cursor.offset
    let stream = try streams.stream(bytes, at: &cursor)
    let bucket = try cursor.int64(bytes)
    let earliest = bucket &+ (try cursor.zigzag(bytes))
    let latest = earliest &+ Int64(bitPattern: try cursor.varint(bytes))
    let byteRange = try Self.range(bytes, at: &cursor)
    let directoryRange = try Self.range(bytes, at: &cursor)
    let eventCount = Int(clamping: try cursor.varint(bytes))
    let severities = UInt32(truncatingIfNeeded: try cursor.varint(bytes))
    guard earliest <= latest else { throw DecodingError(.malformed, at: offset, "a chunk ends before it begins") }
    self.init(
      stream: stream, bucket: TimeBucket(start: Timestamp(nanoseconds: bucket)), byteRange: byteRange,
      directoryRange: directoryRange,
      timeSpan: Timestamp(nanoseconds: earliest)...Timestamp(nanoseconds: latest), eventCount: eventCount,
      severities: severities)
  }

  private static func range(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) -> Range<Int> {
    let offset = cursor.offset
    let (start, count) = (try cursor.varint(bytes), try cursor.varint(bytes))
    guard let start = Int(exactly: start), let count = Int(exactly: count), count <= Int.max - start else {
      throw DecodingError(.malformed, at: offset, "a range of bytes from \(start), \(count) long")
    }
    return start..<(start + count)
  }
}
