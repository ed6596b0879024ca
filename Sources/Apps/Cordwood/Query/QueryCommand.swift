import Application
import Composition
import Domain
import FoundationEssentials
import Transport

/// `cordwood query`: asks the query service from a terminal or a script.
enum QueryCommand {
  static let specification = CommandSpecification(
    name: "query", summary: "Find events and print them, newest first",
    discussion: """
      Everything given must hold. On a terminal an event is a line of text; in a pipe, or with --output json, it is a JSON \
      object on a line of its own, exactly as the server wrote it.

      How many events there were, whether the answer is complete, and how to get more goes to standard error. An answer \
      that is not complete says why: a failure never looks like an empty result.
      """,
    examples: [
      CommandExample("cordwood query --min-level ERROR --from 1h", "the errors of the last hour"),
      CommandExample(
        "cordwood query --service api-service --contains timeout --limit 20", "the last 20 timeouts of a service"),
      CommandExample(
        "cordwood query --limit 1000000 --output json > events.ndjson", "everything, into a file"),
    ],
    settings: QuerySettings.all)

  static let command = Command(specification) { settings, console in
    let now = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
    var request = try QueryRequestBody(settings, now: now)
    let loop = EventLoop()
    loop.start()
    defer { loop.stop() }
    let client = QueryClient(server: settings[QuerySettings.server], loop: loop)
    let printer = EventPrinter(
      output: settings[QuerySettings.output] ?? (console.output.isTerminal ? .text : .json), terminal: console.output)
    let summary = try await print(&request, limit: settings[QuerySettings.limit], client, printer, console)
    for line in summary.lines { console.note(line) }
    return .done
  }

  /// Follows pages until `limit` events are printed or there are no more.
  private static func print(
    _ request: inout QueryRequestBody, limit: Int, _ client: QueryClient, _ printer: EventPrinter, _ console: Console
  ) async throws -> QuerySummary {
    var summary = QuerySummary()
    repeat {
      request.limit = min(limit - summary.events, EventRequest.maximumLimit)
      let page = try await client.page(request)
      summary.add(page)
      try console.write(printer.lines(of: page))
      // A page without an event cannot bring us further, whatever its cursor says.
      request.cursor = page.items.isEmpty ? nil : page.envelope.nextCursor
    } while request.cursor != nil && summary.events < limit
    return summary
  }
}
