/// Some consecutive rows of a chunk: what is read and decoded at once.
package struct RowGroup: Hashable, Sendable {
  static let minimumBytes = 4 + 2 * 8 + 2 + RowGroupBlock.Kind.allCases.count * 6

  package let rowCount: Int
  package let timeSpan: ClosedRange<Timestamp>
  /// Bit n: it holds a row of severity number n.
  package let severities: UInt32
  /// Of the first block, from the chunk's first byte; the blocks lie one after the other.
  package let offset: Int
  /// One for each kind, in the order of `RowGroupBlock.Kind`.
  package let blocks: [RowGroupBlock]

  /// Bytes from the chunk's first byte that all blocks fill.
  package var byteRange: Range<Int> { offset..<(offset + blocks.reduce(0) { $0 + $1.storedBytes }) }

  /// The bytes of one block, from the group's first byte.
  func range(of kind: RowGroupBlock.Kind) -> Range<Int> {
    let start = blocks[..<kind.rawValue].reduce(0) { $0 + $1.storedBytes }
    return start..<(start + blocks[kind.rawValue].storedBytes)
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(uint32: severities)
    bytes.append(int64: timeSpan.lowerBound.nanoseconds)
    bytes.append(int64: timeSpan.upperBound.nanoseconds)
    bytes.append(varint: UInt64(rowCount))
    bytes.append(varint: UInt64(offset))
    for block in blocks {
      bytes.append(varint: UInt64(block.storedBytes))
      bytes.append(varint: UInt64(block.rawBytes))
      bytes.append(uint32: block.checksum)
    }
  }
}

extension RowGroup {
  init(_ bytes: Span<UInt8>, at cursor: inout ByteCursor) throws(DecodingError) {
    let start = cursor.offset
    severities = try cursor.uint32(bytes)
    let earliest = Timestamp(nanoseconds: try cursor.int64(bytes))
    let latest = Timestamp(nanoseconds: try cursor.int64(bytes))
    let rows = try cursor.varint(bytes)
    let offset = try cursor.varint(bytes)
    var blocks: [RowGroupBlock] = []
    for _ in RowGroupBlock.Kind.allCases {
      let stored = try cursor.varint(bytes)
      let raw = try cursor.varint(bytes)
      guard stored <= RowGroupBlock.maximumBytes, raw <= RowGroupBlock.maximumBytes else {
        throw DecodingError(
          .malformed, at: cursor.offset, "a block of \(stored) bytes, \(raw) decoded, is beyond the limit")
      }
      blocks.append(
        RowGroupBlock(storedBytes: Int(stored), rawBytes: Int(raw), checksum: try cursor.uint32(bytes)))
    }
    guard earliest <= latest, rows > 0, rows <= RowGroupBlock.maximumBytes, offset <= UInt64(UInt32.max) else {
      throw DecodingError(.malformed, at: start, "a row group's times, rows or offset are out of range")
    }
    rowCount = Int(rows)
    timeSpan = earliest...latest
    self.offset = Int(offset)
    self.blocks = blocks
  }
}
