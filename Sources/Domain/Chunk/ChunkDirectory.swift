/// What a chunk holds and where: the last part of its bytes.
package struct ChunkDirectory: Hashable, Sendable {
  package var producers: [ProducerID] = []
  package var severityTexts: [String] = []
  /// Resource attributes, encoded as `AttributeEncoding` says.
  package var resources: [[UInt8]] = []
  /// Oldest first.
  package var groups: [RowGroup] = []

  package init() {}

  func append(to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(varint: UInt64(producers.count))
    for producer in producers { producer.value.append(to: &bytes) }
    bytes.append(varint: UInt64(severityTexts.count))
    for text in severityTexts { bytes.append(lengthPrefixed: text) }
    bytes.append(varint: UInt64(resources.count))
    for resource in resources { bytes.append(lengthPrefixed: resource.span) }
    bytes.append(varint: UInt64(groups.count))
    for group in groups { group.append(to: &bytes) }
    bytes.append(uint32: CRC32C.checksum(bytes.span.extracting(start..<bytes.count)))
  }

  /// - Throws: If the bytes are damaged or not a directory of this format.
  package init(_ bytes: Span<UInt8>) throws(DecodingError) {
    guard bytes.count > 4 else { throw DecodingError(.truncated, at: 0, "a chunk directory of \(bytes.count) bytes") }
    let end = bytes.count - 4
    guard CRC32C.checksum(bytes.extracting(0..<end)) == bytes.uint32(at: end) else {
      throw DecodingError(.corrupt, at: end, "a chunk directory's checksum does not fit its bytes")
    }
    var cursor = ByteCursor(end: end)
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 16)) {
      producers.append(ProducerID(try Identifier128(bytes, at: &cursor)))
    }
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 1)) { severityTexts.append(try cursor.text(bytes)) }
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: 1)) {
      resources.append([UInt8](bytes.extracting(try cursor.lengthPrefixed(bytes))))
    }
    for _ in 0..<(try cursor.count(bytes, ofAtLeast: RowGroup.minimumBytes)) {
      groups.append(try RowGroup(bytes, at: &cursor))
    }
    guard cursor.remaining == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "a chunk directory with trailing bytes")
    }
  }
}
