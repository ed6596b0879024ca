/// How far a source has been read.
package struct SourceCheckpoint: Hashable, Sendable {
  /// Bytes of the source's content (decompressed) from its start.
  package let offset: UInt64
  /// CRC-32C by which to tell whether a source that looks the same is the same up to here: of all bytes before `offset` for
  /// what is imported, of the last 1,024 of them (all, if there are fewer) for what is followed, so that a check reads
  /// little however large the file is.
  package let checksum: UInt32
  /// Of a stream: behind which to go on (`LogStreamPiece.cursor`), not empty. Nil for what has none.
  package let cursor: String?

  package init(offset: UInt64, checksum: UInt32, cursor: String? = nil) {
    self.offset = offset
    self.checksum = checksum
    self.cursor = cursor
  }
}
