package import Application
package import Threads
package import Transport

/// The metrics port that every service has: hand `handle` to an `HTTPServer`.
///
///     GET /metrics · GET /health/live · GET /health/ready
package struct MetricsEndpoint: Sendable {
  private let handler: RequestHandler

  /// - Parameters:
  ///   - exposition: The metrics as text, UTF-8; once a scrape.
  ///   - pool: Runs `exposition`: thousands of series take longer than an event loop may be held up.
  package init(
    exposition: @escaping @Sendable () -> [UInt8], health: any Health, pool: ThreadPool, telemetry: any Telemetry,
    clock: any WallClock
  ) {
    let router = RequestRouter([
      Route(method: "GET", path: "/metrics", endpoint: MetricsTextEndpoint(exposition: exposition, pool: pool)),
      Route(method: "GET", path: "/health/live", endpoint: LiveEndpoint()),
      Route(method: "GET", path: "/health/ready", endpoint: ReadyEndpoint(health: health)),
    ])
    handler = RequestHandler(
      router: router, sender: AnswerSender(pool: pool), door: .metrics, telemetry: telemetry, clock: clock)
  }

  /// Answers one request. Returns when the answer is sent or its client gone.
  package func handle(_ exchange: any HTTPExchange) async {
    await handler.handle(exchange)
  }
}
