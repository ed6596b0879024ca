import Application
import Composition
import Domain
import DiskAdapter
import InProcessAdapter
import Threads

/// `cordwood-agent import`: ships a file of JSON lines, each event exactly once.
enum ImportCommand {
  static let specification = CommandSpecification(
    name: "import", summary: "Ship a file of JSON lines, each event exactly once",
    discussion: """
      A line is one JSON object; gzip is recognised. Time, service, message, level, trace and span id are taken from the \
      fields that the settings below name; every other field becomes an attribute, objects joined by dots.

      What is sent is first written to a journal in the state folder. So an import may be interrupted in any way and run \
      again: it goes on where it was, and an event is never there twice. Importing the same file once more sends nothing. \
      Events keep their times however old they are.

      A file is known by its first 64 KiB: one that has grown is gone on with, but a smaller one that has grown counts as \
      another file and is sent whole.
      """,
    examples: [
      CommandExample("cordwood-agent import Samples/shop.ndjson", "Ships the sample logs."),
      CommandExample(
        "kubectl logs deploy/web | cordwood-agent import - --service web --timestamp-field time",
        "Ships what a program writes, under one service."),
      CommandExample(
        "cordwood-agent import app.ndjson.gz --service-field kubernetes.labels.app --skip-bad-lines",
        "Takes the service from a field inside others, and passes over lines that are no events."),
    ],
    settings: ImportSettings.all,
    operands: OperandsSpecification("FILE|-", allowed: 1...1, "the file to ship, or - for standard input"))

  static let command = Command(specification) { settings, console in
    guard let path = settings.operands.first else { throw UsageError("import needs a FILE, or - for standard input") }
    let clock = SystemClock()
    let start = clock.elapsed()
    let view = ProgressView(console, clock: clock, servers: settings[AgentSettings.server], name: path)
    let report = try await run(settings, path, clock, view)
    let text = ImportSummary(
      report, name: path, stateDirectory: settings[AgentSettings.stateDirectory], time: clock.elapsed() - start)
    for line in text.lines { try console.print(line) }
    if let failure = text.failure { throw failure }
    return .done
  }

  private static func run(
    _ settings: Settings, _ path: String, _ clock: SystemClock, _ view: ProgressView
  ) async throws -> DeliveryReport {
    // Standard input may hold one of the threads for as long as it says nothing.
    let pool = ThreadPool(name: "agent-files", threads: 3)
    let input = ImportInput(path: path, pool: pool)
    do throws(LogSourceError) { try await input.check() } catch { throw AgentFailure(error) }
    let identifiers = RandomIdentifiers()
    let folder = settings[AgentSettings.stateDirectory]
    let journal: DiskAgentJournal
    do throws(AgentJournalError) {
      journal = try await DiskAgentJournal.open(
        DiskAgentJournalConfiguration(folder: folder), pool: pool, clock: clock, identifiers: identifiers)
    } catch {
      throw AgentFailure(error, folder: folder)
    }
    let report = await IngestorSession.run(settings[AgentSettings.server], clock: clock, view: view) { sink in
      let importEvents = ImportEvents(
        journal: journal, sink: sink, clock: clock, identifiers: identifiers, options: options(settings),
        progress: view.update)
      return await view.showing { await importEvents(input.open) }
    }
    await journal.close()
    return report
  }

  private static func options(_ settings: Settings) -> ImportOptions {
    var options = ImportOptions(tenant: settings[AgentSettings.tenant])
    options.defaultService = settings[ImportSettings.service]
    options.skipsBadLines = settings[ImportSettings.skipBadLines]
    options.fields.timestamp = settings[ImportSettings.timestampField]
    options.fields.service = settings[ImportSettings.serviceField]
    options.fields.message = settings[ImportSettings.messageField]
    options.fields.level = settings[ImportSettings.levelField]
    options.fields.traceID = settings[ImportSettings.traceField]
    options.fields.spanID = settings[ImportSettings.spanField]
    return options
  }
}
