package import Composition

/// A process that listens already and begins its work with `run`.
package struct RunningSystem: Sendable {
  /// Where it listens, with the ports that were picked.
  package let ports: ListeningPorts
  private let services: ServiceGroup
  private let process: ServingProcess
  private let close: @Sendable () async -> Void

  /// - Parameter close: Closes the backends, when everything has stopped.
  package init(
    _ services: ServiceGroup, at ports: ListeningPorts, in process: ServingProcess,
    close: @escaping @Sendable () async -> Void
  ) {
    self.services = services
    self.ports = ports
    self.process = process
    self.close = close
  }

  /// Works until the task is cancelled, then stops in order.
  package func run() async throws {
    let outcome: Result<Void, ServiceGroupError>
    do throws(ServiceGroupError) { outcome = .success(try await services.run()) } catch { outcome = .failure(error) }
    await close()
    process.stopLoops()
    try outcome.get()
  }
}
