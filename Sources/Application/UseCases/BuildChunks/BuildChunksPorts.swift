/// What building chunks needs of the world.
package struct BuildChunksPorts: Sendable {
  package let log: any EventLog
  package let store: any ObjectStore
  package let index: any ChunkIndex
  package let deadLetters: any DeadLetterQueue
  package let snapshots: any PartitionSnapshots
  package let clock: any WallClock
  package let identifiers: any Identifiers
  package let telemetry: any Telemetry
  /// Where objects are encoded, so that long computation never holds up anything else; nil: wherever tasks run.
  package let computation: (any TaskExecutor)?

  package init(
    log: any EventLog, store: any ObjectStore, index: any ChunkIndex, deadLetters: any DeadLetterQueue,
    snapshots: any PartitionSnapshots, clock: any WallClock, identifiers: any Identifiers, telemetry: any Telemetry,
    computation: (any TaskExecutor)? = nil
  ) {
    self.log = log
    self.store = store
    self.index = index
    self.deadLetters = deadLetters
    self.snapshots = snapshots
    self.clock = clock
    self.identifiers = identifiers
    self.telemetry = telemetry
    self.computation = computation
  }
}
