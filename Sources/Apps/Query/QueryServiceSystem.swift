import Application
import Composition
import Distributed
import Domain
import GRPCAdapter
import InProcessAdapter
import KafkaAdapter
import RESTAdapter
import RedisAdapter
import Serving

/// The composition root of `cordwood-query`.
enum QueryServiceSystem {
  /// Opens the backends, wires everything and begins to listen.
  static func open(_ settings: Settings, in process: ServingProcess) async throws -> RunningSystem {
    let (clock, telemetry) = (process.clock, process.telemetry)
    let secret = try ClusterSettings.clusterSecret(settings)
    let opening = BackendOpening(settings, in: process, program: "cordwood-query")
    let log = try await opening.readLog()
    let stored = try await IndexedStore.open(opening, isWritten: false, in: process)
    let recents = GRPCRecentEvents(
      configuration: GRPCRecentEventsConfiguration(secret: secret), directory: RedisProcessorDirectory(stored.redis),
      loop: process.clientLoop, clock: clock)

    let query = QueryEvents(
      ports: QueryPorts(
        log: log, recents: recents, index: stored.index, store: stored.store, clock: clock, telemetry: telemetry),
      codecs: .all, budget: AnswerSettings.budget(settings))
    let health = CachedHealth(SystemHealth(log: log, index: stored.index, recents: recents), clock: clock)
    let rest = RESTAPI(
      query: query, health: health, pool: process.computation, telemetry: telemetry, clock: clock)
    let doors = try Doors(settings, [.rest(rest)], in: process, health: health)
    process.startLoops()
    let ports = try doors.open()
    let stopTimeout = settings[DoorSettings.stopTimeout]
    return RunningSystem(
      ServiceGroup(doors.services(stopDeadline: stopTimeout / 4), stopDeadline: stopTimeout), at: ports, in: process
    ) {
      await recents.close()
      await log.close()
      await stored.close()
    }
  }
}
