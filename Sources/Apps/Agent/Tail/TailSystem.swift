import Application
import Composition
import ConsoleAdapter
import DiskAdapter
import Domain
import FoundationEssentials
import InProcessAdapter
import PrometheusAdapter
import Threads

/// What `cordwood-agent tail` is made of: its composition root.
struct TailSystem: Sendable {
  private let settings: Settings
  private let console: Console
  private let telemetry: any Telemetry
  private let metrics = PrometheusTelemetry()
  private let clock: SystemClock
  private let options: TailOptions

  /// - Throws: If a setting is of no use.
  init(_ settings: Settings, console: Console, telemetry: ConsoleTelemetry, clock: SystemClock) throws {
    self.settings = settings
    self.console = console
    self.telemetry = CombinedTelemetry([metrics, telemetry])
    self.clock = clock
    options = try TailOptions(settings)
  }

  /// Works until the task is cancelled.
  func run() async throws -> DeliveryReport {
    let pool = ThreadPool(name: "agent-files", threads: 3)
    let identifiers = RandomIdentifiers()
    let files = try logFiles(pool)
    let journal = try await journal(pool, identifiers)
    let port = try await MetricsPort.open(settings, metrics: metrics, pool: pool, telemetry: telemetry, clock: clock)
    telemetry.record(.started(service: "agent", version: Version.text))
    let servers = settings[AgentSettings.server].map(\.description).joined(separator: ", ")
    try console.print("following \(settings.operands.joined(separator: ", ")) for \(servers)")
    if let port { try console.print("metrics   http://\(port.address)/metrics") }
    let view = ProgressView(console, clock: clock, servers: settings[AgentSettings.server], name: "tail")
    let report = await IngestorSession.run(settings[AgentSettings.server], clock: clock) { sink in
      let tail = TailEvents(
        files: files, journal: journal, sink: sink, clock: clock, identifiers: identifiers, telemetry: telemetry,
        options: options, progress: view.update)
      return await view.showing { await tail() }
    }
    await journal.close()
    await port?.close()
    telemetry.record(.stopped(service: "agent"))
    return report
  }

  private func logFiles(_ pool: ThreadPool) throws -> DiskLogFiles {
    let configuration: DiskLogFilesConfiguration
    do throws(PathPatternError) {
      configuration = try DiskLogFilesConfiguration(
        patterns: settings.operands, excluding: settings[TailSettings.exclude] ?? [],
        in: FileManager.default.currentDirectoryPath)
    } catch {
      throw UsageError("\(error)")
    }
    do throws(LogFilesError) { return try DiskLogFiles(configuration, pool: pool) } catch {
      throw AgentFailure("cannot follow files: \(error)")
    }
  }

  private func journal(_ pool: ThreadPool, _ identifiers: RandomIdentifiers) async throws -> DiskAgentJournal {
    let folder = settings[AgentSettings.stateDirectory]
    var configuration = DiskAgentJournalConfiguration(folder: folder)
    configuration.spoolBytes = settings[TailSettings.spoolSize]
    do throws(AgentJournalError) {
      return try await DiskAgentJournal.open(configuration, pool: pool, clock: clock, identifiers: identifiers)
    } catch {
      throw AgentFailure(error, folder: folder)
    }
  }
}
