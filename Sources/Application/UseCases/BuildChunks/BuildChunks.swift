package import Domain

/// Turns the log into chunks: a `PartitionProcessor` for each partition that this process owns, for as long as it does.
package struct BuildChunks<Codec: BlockCompression, Digest: ObjectDigest>: Sendable {
  private let ports: BuildChunksPorts
  private let configuration: BuildChunksConfiguration
  private let encoder: FlushEncoder<Codec, Digest>

  package init(
    ports: BuildChunksPorts, configuration: BuildChunksConfiguration, encoder: FlushEncoder<Codec, Digest>
  ) {
    self.ports = ports
    self.configuration = configuration
    self.encoder = encoder
  }

  /// Works until the task is cancelled. A partition that is taken away, and at the end every one, writes what is open first.
  ///
  /// Building is long computation: run it with an executor of its own as the task's preference.
  ///
  /// - Throws: What the ownership throws.
  package func run(
    owning ownership: some PartitionOwnership, holding: @escaping PartitionHolding
  ) async throws(PartitionOwnershipError) {
    let memory = MemoryShare(limit: configuration.memoryBytes)
    try await ownership.own { partition in
      let processor = PartitionProcessor(
        partition: partition, ports: ports, configuration: configuration, memory: memory, encoder: encoder)
      await holding(partition, processor) { await processor.run() }
      await memory.forget(partition)
    }
  }
}
