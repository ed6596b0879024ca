/// The frame around a snapshot's content: checksummed, compressed in blocks (`FORMAT.md`).
package enum SnapshotFormat {
  package static let version: UInt8 = 1
  /// Bytes of content a block: what is compressed and checked at once.
  package static let blockBytes = 1 << 20
  /// Readers refuse content of more: a corrupt length must not ask for any amount of memory.
  package static let maximumContentBytes = 1 << 30

  private static let magic: [UInt8] = Array("CWS".utf8)

  package static func encode<Codec: BlockCompression>(_ snapshot: PartitionSnapshot, codec: Codec) -> [UInt8] {
    let content = snapshot.encoded
    var bytes = magic
    bytes.append(version)
    bytes.append(lengthPrefixed: Codec.name)
    bytes.append(varint: UInt64(content.count))
    bytes.append(uint32: CRC32C.checksum(bytes.span))
    var block: [UInt8] = []
    for start in stride(from: 0, to: content.count, by: blockBytes) {
      block.removeAll(keepingCapacity: true)
      let raw = content.span.extracting(start..<min(start + blockBytes, content.count))
      codec.compress(raw, to: &block)
      bytes.append(uint32: UInt32(block.count))
      bytes.append(uint32: CRC32C.checksum(block.span))
      bytes.append(block.span)
    }
    return bytes
  }

  /// - Throws: If a byte was changed, some are missing, or the version is one that this build does not read.
  package static func decode(_ bytes: Span<UInt8>, codecs: BlockCodecs) throws(DecodingError) -> PartitionSnapshot {
    var cursor = ByteCursor(end: bytes.count)
    let start = bytes.extracting(try cursor.take(magic.count))
    for (offset, byte) in magic.enumerated() where start[offset] != byte {
      throw DecodingError(.malformed, at: 0, "a snapshot does not begin with 'CWS'")
    }
    let found = try cursor.uint8(bytes)
    guard found == version else {
      throw DecodingError(
        .unsupportedVersion, at: magic.count,
        "a snapshot has format \(found), this build reads \(version): upgrade what reads it")
    }
    let name = try cursor.text(bytes)
    let count = try cursor.varint(bytes)
    let headerBytes = cursor.offset
    guard try cursor.uint32(bytes) == CRC32C.checksum(bytes.extracting(0..<headerBytes)) else {
      throw DecodingError(.corrupt, at: headerBytes, "a snapshot's header does not fit its checksum")
    }
    guard count <= UInt64(maximumContentBytes) else {
      throw DecodingError(.malformed, at: headerBytes, "a snapshot of \(count) bytes, at most \(maximumContentBytes)")
    }
    let codec = try codecs.codec(named: name)
    var content: [UInt8] = []
    content.reserveCapacity(Int(count))
    while content.count < Int(count) {
      let (length, checksum) = (Int(try cursor.uint32(bytes)), try cursor.uint32(bytes))
      let block = bytes.extracting(try cursor.take(length))
      guard CRC32C.checksum(block) == checksum else {
        throw DecodingError(.corrupt, at: cursor.offset - length, "a block of a snapshot does not fit its checksum")
      }
      try codec.decompress(block, count: min(blockBytes, Int(count) - content.count), to: &content)
    }
    guard cursor.remaining == 0 else {
      throw DecodingError(.malformed, at: cursor.offset, "\(cursor.remaining) bytes follow a snapshot")
    }
    return try PartitionSnapshot(encoded: content.span)
  }
}
