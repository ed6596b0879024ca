package import Domain

/// One atomic look at a partition of the index.
package struct IndexedChunks: Hashable, Sendable {
  package struct Chunk: Hashable, Sendable {
    package let object: ObjectKey
    package let objectSize: Int
    package let codec: String
    package let descriptor: ChunkDescriptor

    package init(object: ObjectKey, objectSize: Int, codec: String, descriptor: ChunkDescriptor) {
      self.object = object
      self.objectSize = objectSize
      self.codec = codec
      self.descriptor = descriptor
    }
  }

  /// Nil if the index is not whole.
  package let generation: Generation?
  package let epoch: LogEpoch?
  package let watermark: UInt64
  /// In the order of their commits.
  package let gaps: [Gap]
  /// In any order.
  package let chunks: [Chunk]

  package init(generation: Generation?, epoch: LogEpoch?, watermark: UInt64, gaps: [Gap], chunks: [Chunk]) {
    self.generation = generation
    self.epoch = epoch
    self.watermark = watermark
    self.gaps = gaps
    self.chunks = chunks
  }
}
