package import Domain

/// Turns the log into chunks: owns all partitions of the log, each by a `PartitionProcessor` of its own.
package struct BuildChunks<Codec: BlockCompression, Digest: ObjectDigest>: Sendable {
  package let processors: [PartitionProcessor<Codec, Digest>]

  package init(
    partitions: [PartitionID], ports: BuildChunksPorts, configuration: BuildChunksConfiguration,
    encoder: FlushEncoder<Codec, Digest>
  ) {
    let memory = MemoryShare(limit: configuration.memoryBytes)
    processors = partitions.map {
      PartitionProcessor(
        partition: $0, ports: ports, configuration: configuration, memory: memory, encoder: encoder)
    }
  }

  /// Works until the task is cancelled; then every partition writes what is open.
  ///
  /// Building is long computation: run it with an executor of its own as the task's preference.
  package func run() async {
    await withTaskGroup { group in
      for processor in processors { group.addTask { await processor.run() } }
    }
  }
}
