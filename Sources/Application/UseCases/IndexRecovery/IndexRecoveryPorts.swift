/// What snapshots and rebuilds need of the world.
package struct IndexRecoveryPorts: Sendable {
  package let log: any EventLog
  package let index: any ChunkIndex
  package let store: any ObjectStore
  package let lease: any Lease
  package let clock: any WallClock
  package let identifiers: any Identifiers
  package let telemetry: any Telemetry
  /// Where snapshots are encoded and decoded, so that long computation never holds up anything else; nil: wherever tasks
  /// run.
  package let computation: (any TaskExecutor)?

  package init(
    log: any EventLog, index: any ChunkIndex, store: any ObjectStore, lease: any Lease, clock: any WallClock,
    identifiers: any Identifiers, telemetry: any Telemetry, computation: (any TaskExecutor)? = nil
  ) {
    self.log = log
    self.index = index
    self.store = store
    self.lease = lease
    self.clock = clock
    self.identifiers = identifiers
    self.telemetry = telemetry
    self.computation = computation
  }
}
