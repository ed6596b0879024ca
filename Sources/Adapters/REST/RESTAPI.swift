package import Application
package import Threads
package import Transport

/// The query service's HTTP interface: hand `handle` to an `HTTPServer`.
///
///     POST /v1/query · POST /v1/histogram · GET /v1/services · GET /health/live · GET /health/ready · GET /
///
/// Every error is a problem document (RFC 9457) with a stable `code`; `README.md` in this folder lists them.
package struct RESTAPI: Sendable {
  private let handler: RequestHandler

  /// - Parameters:
  ///   - pool: Runs queries and writes their answers, so that the event loops stay free. Its threads bound how many
  ///     queries compute at the same time; a query that waits for I/O holds none.
  ///   - telemetry: Told of each request's end, and of queries that are refused before they reach `query`.
  package init(
    query: any EventQuery, health: any Health, pool: ThreadPool, telemetry: any Telemetry, clock: any WallClock
  ) {
    let router = RequestRouter([
      Route(
        method: "POST", path: "/v1/query", endpoint: QueryEndpoint(query: query, telemetry: telemetry, pool: pool)),
      Route(
        method: "POST", path: "/v1/histogram",
        endpoint: HistogramEndpoint(query: query, telemetry: telemetry, pool: pool)),
      Route(method: "GET", path: "/v1/services", endpoint: ServicesEndpoint(query: query, pool: pool)),
      Route(method: "GET", path: "/health/live", endpoint: LiveEndpoint()),
      Route(method: "GET", path: "/health/ready", endpoint: ReadyEndpoint(health: health)),
      Route(method: "GET", path: "/", endpoint: PageEndpoint()),
    ])
    handler = RequestHandler(
      router: router, sender: AnswerSender(pool: pool), door: .http, telemetry: telemetry, clock: clock)
  }

  /// Answers one request. Returns when the answer is sent or its client gone.
  package func handle(_ exchange: any HTTPExchange) async {
    await handler.handle(exchange)
  }
}
