import Application
import Composition
import Domain
import InProcessAdapter

/// `cordwood-agent generate`: sends the events of an invented shop.
enum GenerateCommand {
  static let specification = CommandSpecification(
    name: "generate", summary: "Send made-up logs of an invented shop",
    discussion: """
      Six services (api-service, auth-service, inventory-service, notification-service, order-service, payment-service) \
      answer requests: traces go through several of them, most goes well, now and then a bank times out or a database is \
      lost. Times are those of sending.

      For trying out and for load tests: nothing is kept in a journal, so what is under way when it is stopped may or may \
      not arrive.
      """,
    examples: [
      CommandExample("cordwood-agent generate --rate 100", "A hundred events a second until Ctrl-C."),
      CommandExample("cordwood-agent generate --count 1000000", "A million events, as fast as the server takes them."),
    ],
    settings: GenerateSettings.all)

  static let command = Command(specification) { settings, console in
    let clock = SystemClock()
    let identifiers = RandomIdentifiers()
    var options = GeneratorOptions(
      tenant: settings[AgentSettings.tenant],
      seed: settings[GenerateSettings.seed].map(UInt64.init) ?? identifiers.next().low)
    options.rate = settings[GenerateSettings.rate]
    options.count = settings[GenerateSettings.count]
    options.service = settings[GenerateSettings.service]
    let start = clock.elapsed()
    let view = ProgressView(
      console, clock: clock, servers: settings[AgentSettings.server], name: "generate", total: options.count)
    let report = await IngestorSession.run(settings[AgentSettings.server], clock: clock, view: view) { [options] sink in
      let generate = GenerateEvents(
        sink: sink, clock: clock, identifiers: identifiers, options: options, progress: view.update)
      return await view.showing { await generate() }
    }
    let text = GenerateSummary(report, isEndless: options.count == nil, time: clock.elapsed() - start)
    for line in text.lines { try console.print(line) }
    if let failure = text.failure { throw failure }
    return .done
  }
}
