/// What taking batches needs of the world.
package struct IngestPorts: Sendable {
  package let log: any EventLog
  package let deadLetters: any DeadLetterQueue
  package let index: any ChunkIndex
  package let limiter: any RateLimiter
  package let clock: any WallClock
  package let identifiers: any Identifiers
  package let telemetry: any Telemetry

  package init(
    log: any EventLog, deadLetters: any DeadLetterQueue, index: any ChunkIndex, limiter: any RateLimiter,
    clock: any WallClock, identifiers: any Identifiers, telemetry: any Telemetry
  ) {
    self.log = log
    self.deadLetters = deadLetters
    self.index = index
    self.limiter = limiter
    self.clock = clock
    self.identifiers = identifiers
    self.telemetry = telemetry
  }
}
