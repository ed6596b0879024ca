/// The last part of an object: which chunks lie where, and which flush wrote it.
package struct ObjectFooter: Hashable, Sendable {
  package let codec: String
  package let chunks: [ChunkDescriptor]
  package let record: FlushRecord

  package init(codec: String, chunks: [ChunkDescriptor], record: FlushRecord) {
    self.codec = codec
    self.chunks = chunks
    self.record = record
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: codec)
    bytes.append(varint: UInt64(chunks.count))
    for chunk in chunks { Self.append(chunk, to: &bytes) }
    record.flush.value.append(to: &bytes)
    bytes.append(record.parent == nil ? 0 : 1)
    record.parent?.value.append(to: &bytes)
    bytes.append(varint: UInt64(record.partition.number))
    record.epoch.value.append(to: &bytes)
    bytes.append(varint: record.range.lowerBound)
    bytes.append(varint: record.range.upperBound)
    bytes.append(int64: record.newestAppend.nanoseconds)
    bytes.append(varint: UInt64(record.partCount))
    bytes.append(varint: UInt64(record.parts.count))
    for part in record.parts { bytes.append(lengthPrefixed: part.text) }
    bytes.append(varint: UInt64(record.windows.count))
    for window in record.windows { window.append(to: &bytes) }
    bytes.append(varint: UInt64(record.deadLetters.count))
    for letter in record.deadLetters { letter.append(to: &bytes) }
  }

  init(_ bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    codec = try cursor.text(bytes)
    var chunks: [ChunkDescriptor] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 37)) { chunks.append(try Self.chunk(bytes, at: &cursor)) }
    self.chunks = chunks
    let flush = FlushID(try Identifier128(bytes, at: &cursor))
    let parent = try cursor.uint8(bytes) == 0 ? nil : FlushID(try Identifier128(bytes, at: &cursor))
    let partition = PartitionID(Int(clamping: try cursor.varint(bytes)))
    let epoch = LogEpoch(try Identifier128(bytes, at: &cursor))
    let (from, end) = (try cursor.varint(bytes), try cursor.varint(bytes))
    guard from <= end else { throw DecodingError(.malformed, at: cursor.offset, "a flush from \(from) to \(end)") }
    let newest = Timestamp(nanoseconds: try cursor.int64(bytes))
    let partCount = Int(clamping: try cursor.varint(bytes))
    var parts: [ObjectKey] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 2)) {
      guard let part = ObjectKey(try cursor.text(bytes)) else {
        throw DecodingError(.malformed, at: cursor.offset, "a part's name is no object key")
      }
      parts.append(part)
    }
    var windows: [WindowChange] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 30)) { windows.append(try WindowChange(bytes, at: &cursor)) }
    var letters: [DeadLetterID] = []
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 6)) { letters.append(try DeadLetterID(bytes, at: &cursor)) }
    guard cursor.remaining == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "an object footer with trailing bytes")
    }
    record = FlushRecord(
      flush: flush, parent: parent, partition: partition, epoch: epoch, range: from..<end, partCount: partCount,
      parts: parts,
      windows: windows, deadLetters: letters, newestAppend: newest)
  }

  private static func append(_ chunk: ChunkDescriptor, to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: chunk.stream.tenant.text)
    bytes.append(lengthPrefixed: chunk.stream.service.text)
    bytes.append(int64: chunk.bucket.start.nanoseconds)
    bytes.append(int64: chunk.timeSpan.lowerBound.nanoseconds)
    bytes.append(int64: chunk.timeSpan.upperBound.nanoseconds)
    bytes.append(varint: UInt64(chunk.byteRange.lowerBound))
    bytes.append(varint: UInt64(chunk.byteRange.upperBound))
    bytes.append(varint: UInt64(chunk.directoryRange.lowerBound))
    bytes.append(varint: UInt64(chunk.directoryRange.upperBound))
    bytes.append(varint: UInt64(chunk.eventCount))
    bytes.append(uint32: chunk.severities)
  }

  private static func chunk(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) -> ChunkDescriptor
  {
    let stream = StreamID(
      tenant: try TenantID(bytes, at: &cursor), service: try ServiceName(bytes, at: &cursor))
    let bucket = TimeBucket(start: Timestamp(nanoseconds: try cursor.int64(bytes)))
    let earliest = Timestamp(nanoseconds: try cursor.int64(bytes))
    let latest = Timestamp(nanoseconds: try cursor.int64(bytes))
    let range = try Self.range(bytes, at: &cursor)
    let directory = try Self.range(bytes, at: &cursor)
    let count = Int(clamping: try cursor.varint(bytes))
    let severities = try cursor.uint32(bytes)
    guard earliest <= latest, directory.lowerBound >= range.lowerBound, directory.upperBound == range.upperBound else {
      throw DecodingError(.malformed, at: cursor.offset, "a chunk's times or ranges are out of order")
    }
    return ChunkDescriptor(
      stream: stream, bucket: bucket, byteRange: range, directoryRange: directory, timeSpan: earliest...latest,
      eventCount: count, severities: severities)
  }

  private static func range(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) -> Range<Int> {
    let (start, end) = (Int(clamping: try cursor.varint(bytes)), Int(clamping: try cursor.varint(bytes)))
    guard start <= end else { throw DecodingError(.malformed, at: cursor.offset, "a range from \(start) to \(end)") }
    return start..<end
  }
}
