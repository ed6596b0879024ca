package import Domain

/// What operating dead letters needs of the world.
package struct DeadLetterPorts: Sendable {
  package let queue: any DeadLetterQueue
  package let index: any ChunkIndex
  package let ingest: any EventIngest
  package let decoding: any EventDecoding
  package let digest: any ObjectDigest
  package let clock: any WallClock
  package let telemetry: any Telemetry
  /// Owners of partitions may be at work on the same queue.
  package let mayFlush: Bool

  package init(
    queue: any DeadLetterQueue, index: any ChunkIndex, ingest: any EventIngest, decoding: any EventDecoding,
    digest: any ObjectDigest, clock: any WallClock, telemetry: any Telemetry, mayFlush: Bool
  ) {
    self.queue = queue
    self.index = index
    self.ingest = ingest
    self.decoding = decoding
    self.digest = digest
    self.clock = clock
    self.telemetry = telemetry
    self.mayFlush = mayFlush
  }
}
