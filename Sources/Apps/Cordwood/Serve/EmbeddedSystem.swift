import Application
import Composition
import DiskAdapter
import Domain
import GRPCAdapter
import InProcessAdapter
import RESTAdapter
import Serving

/// All services in one process: the composition root of `cordwood serve`.
enum EmbeddedSystem {
  /// Opens the backends, wires everything and begins to listen. Nothing is processed before the system runs; the data folder
  /// is held until it has stopped.
  static func open(_ settings: Settings, in process: ServingProcess) async throws -> RunningSystem {
    let (clock, identifiers, telemetry) = (process.clock, process.identifiers, process.telemetry)
    let (blocking, computation) = (process.blocking, process.computation)
    let folder = try hold(settings[ServeSettings.dataDirectory])
    let backends = try await EmbeddedBackends.open(
      folder.path, partitions: settings[ServeSettings.partitions], logKeepBytes: settings[ServeSettings.logKeepBytes],
      pool: blocking, clock: clock, identifiers: identifiers, telemetry: telemetry)
    let index = MeteredChunkIndex(backends.index, clock: clock, telemetry: telemetry)
    let store = MeteredObjectStore(
      RetryingObjectStore(backends.store, clock: clock), clock: clock, telemetry: telemetry)
    let recovery = IndexRecovery(
      settings,
      IndexRecoveryPorts(
        log: backends.log, index: index, store: store, lease: InProcessLease(clock: clock), clock: clock,
        identifiers: identifiers, telemetry: telemetry, computation: computation))
    await recovery.initialiseNewIndex()
    await recovery.informLog.run()
    let recents = InProcessRecentEvents()
    let health = SystemHealth(
      log: backends.log, index: index, recents: recents,
      place: DataFolderHealth(
        folder: folder.path, log: backends.log, deadLetters: backends.deadLetters, pool: blocking))

    let ingest = IngestBatches(
      ports: IngestPorts(
        log: backends.log, deadLetters: backends.deadLetters, index: index,
        limiter: TokenBucketLimiter(IntakeSettings.rateLimit(settings), clock: clock), clock: clock,
        identifiers: identifiers, telemetry: telemetry),
      configuration: IntakeSettings.configuration(settings))
    let query = QueryEvents(
      ports: QueryPorts(
        log: backends.log, recents: recents, index: index, store: store, clock: clock, telemetry: telemetry),
      codecs: .all, budget: AnswerSettings.budget(settings))
    let partitions: [PartitionID]
    do throws(EventLogError) { partitions = try await backends.log.partitions() } catch {
      throw OpeningError("the log", in: settings[ServeSettings.dataDirectory], error)
    }
    let processor = ProcessorService(
      settings,
      ports: BuildChunksPorts(
        log: backends.log, store: store, index: index, deadLetters: backends.deadLetters,
        snapshots: recovery.snapshots, clock: clock, identifiers: identifiers, telemetry: telemetry,
        computation: computation),
      ownership: EveryPartition(partitions), pool: computation, holding: recents.hold)

    let token = Secret(identifiers.next().description + identifiers.next().description)
    let deadLetters = OperateDeadLetters(
      backends, index: index, ingest: ingest, clock: clock, telemetry: telemetry, mayFlush: true)
    let grpc = GRPCServer(ingest: ingest, health: health, telemetry: telemetry, clock: clock, workers: computation)
    let rest = RESTAPI(query: query, health: health, pool: computation, telemetry: telemetry, clock: clock)
    let doors = try Doors(
      settings, [.grpc(grpc), .rest(rest)], in: process, health: health,
      admin: AdminAPI(
        token: token.exposed, deadLetters: deadLetters, index: recovery.operations, pool: computation))
    process.startLoops()
    let ports = try doors.open()
    let note = NoteService(
      leaving: try RunningServerNote(listening: settings[DoorSettings.address], port: ports[.metrics], token: token),
      in: folder, pool: blocking, clock: clock, telemetry: telemetry)
    // Three doors close one after another: a quarter each leaves the last flush a quarter, whatever clients do.
    let stopTimeout = settings[DoorSettings.stopTimeout]
    let services: [any Service] =
      [note, recovery.service, processor] + doors.services(stopDeadline: stopTimeout / 4)
    return RunningSystem(ServiceGroup(services, stopDeadline: stopTimeout), at: ports, in: process) {
      await backends.close()
      folder.release()
    }
  }

  private static func hold(_ path: String) throws(OpeningError) -> DataFolder {
    do throws(DataFolderError) { return try DataFolder.hold(path, makesFolder: true) } catch {
      throw OpeningError(path, error)
    }
  }
}
