import Composition
import Transport

/// An HTTP server as a service: it listens already, and drains when the service is asked to stop.
struct ListeningService: Service {
  let name: String
  let server: HTTPServer
  let stopDeadline: Duration

  func run() async throws {
    // Nothing to do until the stop: the event loops do the work.
    do { while true { try await Task.sleep(for: .seconds(3_600)) } } catch {}
    // In a task of its own, since this one is cancelled.
    await Task { await server.drain(deadline: stopDeadline) }.value
  }
}
