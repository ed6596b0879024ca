import Domain

/// A chunk whose directory has been read, and its bytes if it is so small that they came along.
struct OpenChunk: Sendable {
  let chunk: IndexedChunks.Chunk
  let directory: ChunkDirectory
  /// All of the chunk's bytes; nil if only the directory was read, or they were let go.
  var bytes: [UInt8]?
  /// What `KeptChunks` knows it by, if it keeps the bytes.
  var keptNumber: Int?
}
