/// How far a source has been read.
package struct SourceCheckpoint: Hashable, Sendable {
  /// Bytes of the source's content (decompressed) from its start.
  package let offset: UInt64
  /// CRC-32C of these bytes: whether a source that looks the same is the same up to here.
  package let checksum: UInt32

  package init(offset: UInt64, checksum: UInt32) {
    self.offset = offset
    self.checksum = checksum
  }
}
