/// What the index knows of an object.
package struct ObjectDescriptor: Hashable, Sendable {
  package let key: ObjectKey
  package let flush: FlushID
  /// Bytes.
  package let size: Int
  /// SHA-256 of its bytes; nil if it is not known, because a rebuild found the object by its footer.
  package let sha256: [UInt8]?
  package let formatVersion: UInt8
  /// Name of the block codec: `zstd`, `gzip`.
  package let codec: String
  /// In the order in which they lie in the object; empty for an object that only covers a range.
  package let chunks: [ChunkDescriptor]

  package init(
    key: ObjectKey, flush: FlushID, size: Int, sha256: [UInt8]?, formatVersion: UInt8, codec: String,
    chunks: [ChunkDescriptor]
  ) {
    self.key = key
    self.flush = flush
    self.size = size
    self.sha256 = sha256
    self.formatVersion = formatVersion
    self.codec = codec
    self.chunks = chunks
  }
}
