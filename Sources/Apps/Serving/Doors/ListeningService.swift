import Composition
import Transport

/// An HTTP server as a service: it listens already, and drains when the service is asked to stop.
struct ListeningService: Service {
  let name: String
  let server: HTTPServer
  let stopDeadline: Duration
  /// Called first when it is asked to stop.
  let beginStop: @Sendable () -> Void

  func run() async throws {
    // Nothing to do until the stop: the event loops do the work.
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
    beginStop()
    // In a task of its own, since this one is cancelled.
    await Task { await server.drain(deadline: stopDeadline) }.value
  }
}
