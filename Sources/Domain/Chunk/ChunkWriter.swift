/// Writes the events of one stream and one time bucket as a chunk: blocks, then a directory (`FORMAT.md`).
///
/// The result may stand anywhere in an object: its directory counts from the chunk's first byte.
package struct ChunkWriter<Codec: BlockCompression>: Sendable {
  /// Rows of one row group at most: what a reader decodes at once.
  package static var maximumGroupRows: Int { 16_384 }
  /// Bytes of messages in one row group at most, unless a single message is longer.
  package static var maximumGroupBytes: Int { 2 << 20 }
  /// Bytes of attributes in one row group at most, unless a single event has more. A group of events with little text and
  /// much beside it would else outgrow what readers accept as a block.
  package static var maximumGroupAttributeBytes: Int { 4 << 20 }

  private let codec: Codec

  package init(codec: Codec) { self.codec = codec }

  /// - Parameters:
  ///   - rows: At least one, oldest first by order key, each once.
  ///   - batches: All of one stream.
  package func encode(_ rows: [RowReference], of batches: [EventBatch]) -> EncodedChunk {
    precondition(!rows.isEmpty, "a chunk has a row")
    var encoder = RowGroupEncoder(codec: codec)
    var groups: [RowGroup] = []
    var bytes: [UInt8] = []
    var start = 0
    while start < rows.count {
      let end = groupEnd(rows, batches, from: start)
      groups.append(encoder.encode(rows[start..<end], of: batches, at: bytes.count, into: &bytes))
      start = end
    }
    let directoryStart = bytes.count
    encoder.directory(of: groups).append(to: &bytes)
    let first = groups[0].timeSpan.lowerBound
    let last = groups[groups.count - 1].timeSpan.upperBound
    return EncodedChunk(
      stream: batches[Int(rows[0].batch)].header.stream, bytes: bytes,
      directoryRange: directoryStart..<bytes.count, timeSpan: first...last, eventCount: rows.count,
      severities: groups.reduce(0) { $0 | $1.severities })
  }

  private func groupEnd(_ rows: [RowReference], _ batches: [EventBatch], from start: Int) -> Int {
    var messageBytes = 0
    var attributeBytes = 0
    var end = start
    while end < rows.count, end - start < Self.maximumGroupRows {
      let batch = batches[Int(rows[end].batch)]
      messageBytes += batch.messageRange(at: Int(rows[end].row)).count
      attributeBytes += batch.attributesRange(at: Int(rows[end].row)).count
      let isFull = messageBytes > Self.maximumGroupBytes || attributeBytes > Self.maximumGroupAttributeBytes
      if isFull, end > start { break }
      end += 1
    }
    return end
  }
}
