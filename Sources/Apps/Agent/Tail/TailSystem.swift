import Application
import Composition
import ConsoleAdapter
import DiskAdapter
import Domain
import FoundationEssentials
import InProcessAdapter
import JournaldAdapter
import PrometheusAdapter
import Threads
import Transport

/// What `cordwood-agent tail` is made of: its composition root.
struct TailSystem: Sendable {
  private let settings: Settings
  private let console: Console
  private let telemetry: any Telemetry
  private let metrics = PrometheusTelemetry()
  private let clock: SystemClock
  private let input: TailInput
  private let options: TailOptions

  /// - Throws: If a setting is of no use.
  init(_ settings: Settings, console: Console, telemetry: ConsoleTelemetry, clock: SystemClock) throws {
    self.settings = settings
    self.console = console
    self.telemetry = CombinedTelemetry([metrics, telemetry])
    self.clock = clock
    input = try TailInput(operands: settings.operands)
    options = try TailOptions(settings, for: input)
  }

  /// Works until the task is cancelled.
  func run() async throws -> DeliveryReport {
    let pool = ThreadPool(name: "agent-files", threads: 3)
    let identifiers = RandomIdentifiers()
    let follow = try follower(pool, identifiers)
    let journal = try await journal(pool, identifiers)
    let port = try await MetricsPort.open(settings, metrics: metrics, pool: pool, telemetry: telemetry, clock: clock)
    telemetry.record(.started(service: "agent", version: Version.text))
    let servers = settings[AgentSettings.server].map(\.description).joined(separator: ", ")
    try console.print("following \(settings.operands.joined(separator: ", ")) for \(servers)")
    if let port { try console.print("metrics   http://\(port.address)/metrics") }
    let memory = Task { await Self.giveBackMemory(clock) }
    let view = ProgressView(console, clock: clock, servers: settings[AgentSettings.server], name: "tail")
    let report = await IngestorSession.run(settings[AgentSettings.server], clock: clock, view: view) { sink in
      await view.showing { await follow(journal, sink, view.update) }
    }
    memory.cancel()
    await memory.value
    await journal.close()
    await port?.close()
    telemetry.record(.stopped(service: "agent"))
    return report
  }

  /// A look at ten thousand files leaves 8 MB of holes; whoever waits for lines most of the time need not keep them.
  private static func giveBackMemory(_ clock: SystemClock) async {
    while !Task.isCancelled {
      do throws(CancellationError) { try await clock.sleep(for: .seconds(10)) } catch { return }
      MessageMemory.giveBack()
    }
  }

  private typealias Follower =
    @Sendable (
      _ journal: DiskAgentJournal, _ sink: any BatchSink, _ progress: @escaping @Sendable (DeliveryProgress) -> Void
    ) async -> DeliveryReport

  /// What follows the input.
  private func follower(_ pool: ThreadPool, _ identifiers: RandomIdentifiers) throws -> Follower {
    switch input {
    case .files(let patterns):
      let files = try logFiles(patterns, pool)
      return { journal, sink, progress in
        await TailEvents(
          files: files, journal: journal, sink: sink, clock: clock, identifiers: identifiers, telemetry: telemetry,
          options: options, progress: progress)()
      }
    case .standardInput:
      return stream(named: "stdin", identifiers) { _ throws(LogStreamError) in
        try await PipeLogStream.open("-", pool: pool)
      }
    case .journald(let words):
      var configuration = JournaldConfiguration()
      configuration.arguments = words
      configuration.start = options.startsAtEnd ? .now : .oldest
      // Other words, other entries: another stream.
      let name = ["journald"] + words
      return stream(named: name.joined(separator: " "), identifiers) { [configuration] cursor throws(LogStreamError) in
        try await JournaldStream.open(configuration, after: cursor)
      }
    }
  }

  private func stream(
    named name: String, _ identifiers: RandomIdentifiers, open: @escaping FollowStream.Opening
  ) -> Follower {
    { journal, sink, progress in
      await FollowStream(
        name, open: open, journal: journal, sink: sink, clock: clock, identifiers: identifiers, telemetry: telemetry,
        options: options, progress: progress)()
    }
  }

  private func logFiles(_ patterns: [String], _ pool: ThreadPool) throws -> DiskLogFiles {
    let configuration: DiskLogFilesConfiguration
    do throws(PathPatternError) {
      configuration = try DiskLogFilesConfiguration(
        patterns: patterns, excluding: settings[TailSettings.exclude] ?? [],
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
