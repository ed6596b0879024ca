import Application
import Composition
import Distributed
import Domain
import GRPCAdapter
import InProcessAdapter
import KafkaAdapter
import RedisAdapter
import Serving

/// The composition root of `cordwood-processor`.
enum ProcessorSystem {
  /// Opens the backends, wires everything and begins to listen. Nothing is owned before the system runs.
  static func open(_ settings: Settings, in process: ServingProcess) async throws -> RunningSystem {
    let (clock, identifiers, telemetry) = (process.clock, process.identifiers, process.telemetry)
    let secret = try ClusterSettings.clusterSecret(settings)
    let opening = BackendOpening(settings, in: process, program: "cordwood-processor")
    let log = try await opening.readLog()
    let letters = try await opening.deadLetters()
    let stored = try await IndexedStore.open(opening, isWritten: true, in: process)
    let recovery = IndexRecovery(
      settings,
      IndexRecoveryPorts(
        log: log, index: stored.index, store: stored.store, lease: RedisLease(stored.redis), clock: clock,
        identifiers: identifiers, telemetry: telemetry, computation: process.computation))
    await recovery.initialiseNewIndex()
    await recovery.informLog.run()

    let recents = InProcessRecentEvents()
    let health = CachedHealth(
      ProcessorHealth(index: stored.index, store: stored.store, recents: recents) { recents.partitions }, clock: clock)
    let listening = try RecentEventsServerConfiguration(
      address: settings[DoorSettings.address], port: Int(settings[ClusterSettings.recentEventsPort]), secret: secret)
    let grpc = GRPCServer(
      recentEvents: recents, configuration: listening, health: health, telemetry: telemetry, clock: clock)
    let doors = try Doors(settings, [.grpc(grpc)], in: process, health: health)
    process.startLoops()
    let ports = try doors.open()

    let announcement = AnnouncementService(
      AnnounceProcessor(
        processor: identifiers.next(), address: ClusterSettings.advertised(settings, port: ports[.grpc]),
        directory: RedisProcessorDirectory(stored.redis), clock: clock, telemetry: telemetry))
    let processor = ProcessorService(
      settings,
      ports: BuildChunksPorts(
        log: log, store: stored.store, index: stored.index, deadLetters: letters, snapshots: recovery.snapshots,
        clock: clock, identifiers: identifiers, telemetry: telemetry, computation: process.computation),
      ownership: KafkaPartitionOwnership(KafkaSettings.ownership(settings), telemetry: telemetry),
      pool: process.computation
    ) { partition, source, work in
      await announcement.processor.owns(partition)
      await recents.hold(partition, source, work)
      await announcement.processor.gaveUp(partition)
    }
    // The doors are open until the partitions are given up: others ask for what is in hand while it is written.
    let stopTimeout = settings[DoorSettings.stopTimeout]
    let services =
      [recovery.service] + doors.services(stopDeadline: stopTimeout / 8) + [announcement, processor] as [any Service]
    return RunningSystem(ServiceGroup(services, stopDeadline: stopTimeout), at: ports, in: process) {
      await log.close()
      await letters.close()
      await stored.close()
    }
  }
}
