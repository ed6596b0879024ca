import Application
import Composition
import Distributed
import Domain
import GRPCAdapter
import InProcessAdapter
import KafkaAdapter
import Serving

/// The composition root of `cordwood-ingestor`.
enum IngestorSystem {
  /// Opens the backends, wires everything and begins to listen.
  static func open(_ settings: Settings, in process: ServingProcess) async throws -> RunningSystem {
    let (clock, identifiers, telemetry) = (process.clock, process.identifiers, process.telemetry)
    let opening = BackendOpening(settings, in: process, program: "cordwood-ingestor")
    let log = try await opening.writtenLog()
    let letters = try await opening.deadLetters()
    let stored = try await IndexedStore.open(opening, isWritten: true, in: process)

    // An older copy of the log must take nothing in.
    let recovery = IndexRecoveryPorts(
      log: log, index: stored.index, store: stored.store, lease: InProcessLease(clock: clock), clock: clock,
      identifiers: identifiers, telemetry: telemetry, computation: process.computation)
    await InformLog(ports: recovery, configuration: IndexRecoveryConfiguration(), codecs: .all).run()

    let ingest = IngestBatches(
      ports: IngestPorts(
        log: log, deadLetters: letters, index: stored.index,
        limiter: TokenBucketLimiter(IntakeSettings.rateLimit(settings), clock: clock), clock: clock,
        identifiers: identifiers, telemetry: telemetry),
      configuration: IntakeSettings.configuration(settings))
    let health = CachedHealth(IngestorHealth(log: log, index: stored.index), clock: clock)
    let grpc = GRPCServer(
      ingest: ingest, health: health, telemetry: telemetry, clock: clock, workers: process.computation)
    let doors = try Doors(settings, [.grpc(grpc)], in: process, health: health)
    process.startLoops()
    let ports = try doors.open()
    // Two doors close one after another, within half the time; the rest is for what Kafka has still to confirm.
    let stopTimeout = settings[DoorSettings.stopTimeout]
    return RunningSystem(
      ServiceGroup(doors.services(stopDeadline: stopTimeout / 4), stopDeadline: stopTimeout), at: ports, in: process
    ) {
      await log.close()
      await letters.close()
      await stored.close()
    }
  }
}
