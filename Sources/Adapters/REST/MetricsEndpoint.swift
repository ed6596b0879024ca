package import Application
package import Threads
package import Transport

/// The metrics port that every service has: hand `handle` to an `HTTPServer`.
///
///     GET /metrics · GET /health/live · GET /health/ready · /admin/v1/… (`AdminAPI`)
package struct MetricsEndpoint: Sendable {
  private let handler: RequestHandler

  /// - Parameters:
  ///   - exposition: The metrics as text, UTF-8; once a scrape.
  ///   - admin: What operators may do; nil where the service has nothing for them.
  ///   - pool: Runs `exposition`: thousands of series take longer than an event loop may be held up.
  package init(
    exposition: @escaping @Sendable () -> [UInt8], health: any Health, admin: AdminAPI? = nil, pool: ThreadPool,
    telemetry: any Telemetry, clock: any WallClock
  ) {
    let routes = [
      Route(method: "GET", path: "/metrics", endpoint: MetricsTextEndpoint(exposition: exposition, pool: pool)),
      Route(method: "GET", path: "/health/live", endpoint: LiveEndpoint()),
      Route(method: "GET", path: "/health/ready", endpoint: ReadyEndpoint(health: health)),
    ]
    let router = RequestRouter(routes + (admin?.routes ?? []))
    handler = RequestHandler(
      router: router, sender: AnswerSender(pool: pool), door: .metrics, telemetry: telemetry, clock: clock)
  }

  /// Answers one request. Returns when the answer is sent or its client gone.
  package func handle(_ exchange: any HTTPExchange) async {
    await handler.handle(exchange)
  }
}
