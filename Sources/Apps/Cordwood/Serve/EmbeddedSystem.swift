import Application
import Composition
import ConsoleAdapter
import DiskAdapter
import Domain
import FoundationEssentials
import GRPCAdapter
import InProcessAdapter
import OpenSSLAdapter
import PrometheusAdapter
import RESTAdapter
import Threads
import Transport
import ZlibAdapter
import ZstdAdapter

/// All services in one process: the composition root of `cordwood serve`.
struct EmbeddedSystem: Sendable {
  let services: ServiceGroup
  /// Where it listens, with the ports that were picked.
  let ports: ListeningPorts
  /// Held until the end.
  private let folder: DataFolder
  private let backends: EmbeddedBackends
  private let loops: [EventLoop]

  /// Opens the backends, wires everything and begins to listen. Nothing is processed before `run`.
  init(_ settings: Settings, telemetry console: ConsoleTelemetry, clock: SystemClock) async throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let blocking = ThreadPool(name: "blocking", threads: 8)
    let computation = ThreadPool(name: "computation", threads: max(1, cores))
    let identifiers = RandomIdentifiers()
    let metrics = PrometheusTelemetry()
    let telemetry = CombinedTelemetry([metrics, console])
    let folder = try Self.hold(settings[ServeSettings.dataDirectory])
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
        identifiers: identifiers,
        telemetry: telemetry, computation: computation))
    await recovery.initialiseNewIndex()
    await recovery.informLog.run()
    let recents = InProcessRecentEvents()
    let health = SystemHealth(
      log: backends.log, index: index, recents: recents,
      folder: DataFolderHealth(
        folder: folder.path, log: backends.log, deadLetters: backends.deadLetters, pool: blocking))

    let ingest = IngestBatches(
      ports: IngestPorts(
        log: backends.log, deadLetters: backends.deadLetters, index: index,
        limiter: TokenBucketLimiter(Self.rateLimit(settings), clock: clock), clock: clock, identifiers: identifiers,
        telemetry: telemetry),
      configuration: Self.ingestConfiguration(settings))
    var budget = QueryBudget()
    budget.time = settings[ServeSettings.queryTimeout]
    let query = QueryEvents(
      ports: QueryPorts(
        log: backends.log, recents: recents, index: index, store: store, clock: clock, telemetry: telemetry),
      codecs: .all, budget: budget)
    let buildPorts = BuildChunksPorts(
      log: backends.log, store: store, index: index, deadLetters: backends.deadLetters,
      snapshots: recovery.snapshots, clock: clock, identifiers: identifiers, telemetry: telemetry,
      computation: computation)
    let partitions: [PartitionID]
    do throws(EventLogError) { partitions = try await backends.log.partitions() } catch {
      throw OpeningError("the log", in: settings[ServeSettings.dataDirectory], error)
    }
    let processor: any Service =
      switch settings[ServeSettings.chunkCodec] {
      case .zstd: Self.processor(ZstdCompression(), partitions, buildPorts, settings, recents, computation)
      case .gzip: Self.processor(GzipCompression(), partitions, buildPorts, settings, recents, computation)
      }

    let token = Secret(identifiers.next().description + identifiers.next().description)
    let deadLetters = OperateDeadLetters(
      backends, index: index, ingest: ingest, clock: clock, telemetry: telemetry, mayFlush: true)
    let admin = AdminAPI(
      token: token.exposed, deadLetters: deadLetters, index: recovery.operations, pool: computation)
    let loops = [EventLoop(), EventLoop()]
    let grpc = GRPCServer(ingest: ingest, health: health, telemetry: telemetry, clock: clock, workers: computation)
    let rest = RESTAPI(query: query, health: health, pool: computation, telemetry: telemetry, clock: clock)
    let doors = try Doors(settings, loops: loops, grpc: grpc, rest: rest) { figures in
      MetricsEndpoint(
        exposition: {
          for (door, figures) in figures() { metrics.record(.door(door, figures)) }
          return metrics.exposition()
        }, health: health, admin: admin, pool: blocking, telemetry: telemetry, clock: clock)
    }
    for loop in loops { loop.start() }
    ports = try doors.open()
    let note = NoteService(
      leaving: try RunningServerNote(listening: settings[ServeSettings.address], port: ports.metrics, token: token),
      in: folder, pool: blocking, clock: clock, telemetry: telemetry)
    // Three doors close one after another: a quarter each leaves the last flush a quarter, whatever clients do.
    services = ServiceGroup(
      [note, recovery.service, processor] + doors.services(stopDeadline: settings[ServeSettings.stopTimeout] / 4),
      stopDeadline: settings[ServeSettings.stopTimeout])
    self.folder = folder
    self.backends = backends
    self.loops = loops
  }

  private static func hold(_ path: String) throws(OpeningError) -> DataFolder {
    do throws(DataFolderError) { return try DataFolder.hold(path, makesFolder: true) } catch {
      throw OpeningError(path, error)
    }
  }

  /// Works until the task is cancelled, then stops in order: no new requests, what is under way, the last flush.
  func run() async throws {
    let outcome: Result<Void, ServiceGroupError>
    do throws(ServiceGroupError) { outcome = .success(try await services.run()) } catch { outcome = .failure(error) }
    for loop in loops { loop.stop() }
    await backends.close()
    folder.release()
    try outcome.get()
  }

  private static func rateLimit(_ settings: Settings) -> RateLimit {
    RateLimit(
      eventsPerSecond: settings[ServeSettings.eventRate], bytesPerSecond: settings[ServeSettings.byteRate])
      ?? .unlimited
  }

  private static func ingestConfiguration(_ settings: Settings) -> IngestConfiguration {
    var configuration = IngestConfiguration()
    configuration.maximumEventAge = settings[ServeSettings.maximumEventAge]
    configuration.maximumStreams = settings[ServeSettings.maximumStreams]
    return configuration
  }

  private static func processor(
    _ codec: some BlockCompression, _ partitions: [PartitionID], _ ports: BuildChunksPorts, _ settings: Settings,
    _ recents: InProcessRecentEvents, _ computation: ThreadPool
  ) -> any Service {
    var configuration = BuildChunksConfiguration()
    configuration.policy = FlushPolicy(
      bytes: settings[ServeSettings.flushBytes], age: settings[ServeSettings.flushAge])
    configuration.memoryBytes = settings[ServeSettings.openBytes]
    configuration.partitionBytes = max(settings[ServeSettings.openBytes], 2 * settings[ServeSettings.flushBytes])
    let build = BuildChunks(
      partitions: partitions, ports: ports, configuration: configuration,
      encoder: FlushEncoder(codec: codec, digest: OpenSSLDigest(), prefix: ""))
    for processor in build.processors { _ = recents.register(processor, for: processor.partition) }
    return ProcessorService(build: build, pool: computation)
  }
}
