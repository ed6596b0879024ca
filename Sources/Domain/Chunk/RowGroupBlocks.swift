/// The stored blocks of a row group, checked and decompressed on demand.
struct RowGroupBlocks {
  let group: RowGroup
  let bytes: [UInt8]
  let codec: any BlockCompression

  func decode(_ kind: RowGroupBlock.Kind) throws(DecodingError) -> [UInt8] {
    let block = group.blocks[kind.rawValue]
    let stored = bytes.span.extracting(group.range(of: kind))
    guard CRC32C.checksum(stored) == block.checksum else {
      throw DecodingError(.corrupt, at: group.offset, "the checksum of a block of \(kind) does not fit its bytes")
    }
    guard block.rawBytes > 0 else { return [] }
    var raw: [UInt8] = []
    raw.reserveCapacity(block.rawBytes)
    try codec.decompress(stored, count: block.rawBytes, to: &raw)
    return raw
  }
}
