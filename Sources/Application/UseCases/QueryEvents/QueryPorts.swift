/// What finding events needs of the world.
package struct QueryPorts: Sendable {
  package let log: any EventLog
  package let recents: any RecentEvents
  package let index: any ChunkIndex
  package let store: any ObjectStore
  package let clock: any WallClock
  package let telemetry: any Telemetry

  package init(
    log: any EventLog, recents: any RecentEvents, index: any ChunkIndex, store: any ObjectStore, clock: any WallClock,
    telemetry: any Telemetry
  ) {
    self.log = log
    self.recents = recents
    self.index = index
    self.store = store
    self.clock = clock
    self.telemetry = telemetry
  }
}
