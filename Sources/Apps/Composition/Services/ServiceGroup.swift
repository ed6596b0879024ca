/// The services of one process: started in the order of the list, dependencies first, stopped in reverse.
package struct ServiceGroup: Sendable {
  /// Below the 30 s that Kubernetes gives a pod between SIGTERM and SIGKILL, with time to report.
  package static let defaultStopDeadline = Duration.seconds(25)

  private let services: [any Service]
  private let stopDeadline: Duration

  /// - Parameters:
  ///   - services: At least one.
  ///   - stopDeadline: For the stop of all of them together.
  package init(_ services: [any Service], stopDeadline: Duration = defaultStopDeadline) {
    precondition(!services.isEmpty, "a group without a service would end at once")
    self.services = services
    self.stopDeadline = stopDeadline
  }

  /// Runs all services until the calling task is cancelled or one of them ends, then cancels them one after another, last
  /// started first, each when the one before has returned.
  ///
  /// - Throws: What ended the group, if it was not cancellation: the first failure, or the stop that took too long.
  package func run() async throws(ServiceGroupError) {
    // Holds at most one event a service, the request and the deadline. It is read in a task of its own, since cancelling the
    // reader of a stream ends the stream, and the end of the services is awaited after cancellation.
    let (events, reporter) = AsyncStream.makeStream(of: ServiceGroupState.Event.self)
    let supervisor = Task { await supervise(events, reporter) }
    let failure = await withTaskCancellationHandler {
      await supervisor.value
    } onCancel: {
      reporter.yield(.stopRequested)
    }
    if let failure { throw failure }
  }

  private func supervise(
    _ events: AsyncStream<ServiceGroupState.Event>, _ reporter: AsyncStream<ServiceGroupState.Event>.Continuation
  ) async -> ServiceGroupError? {
    var state = ServiceGroupState(names: services.map(\.name), deadline: stopDeadline)
    let tasks = services.indices.map { start($0, reporter) }
    var timer: Task<Void, Never>?
    defer { timer?.cancel() }
    events: for await event in events {
      switch state.handle(event) {
      case .none: continue
      case .beginStop(let service):
        timer = startTimer(reporter)
        tasks[service].cancel()
      case .stop(let service): tasks[service].cancel()
      case .finish: break events
      case .abandon(let late):
        for service in late { tasks[service].cancel() }
        break events
      }
    }
    return state.failure
  }

  private func start(_ index: Int, _ reporter: AsyncStream<ServiceGroupState.Event>.Continuation) -> Task<Void, Never> {
    let service = services[index]
    return Task {
      do {
        try await service.run()
        reporter.yield(.ended(service: index, nil))
      } catch {
        reporter.yield(.ended(service: index, error is CancellationError ? nil : error))
      }
    }
  }

  private func startTimer(_ reporter: AsyncStream<ServiceGroupState.Event>.Continuation) -> Task<Void, Never> {
    Task { [stopDeadline] in
      do { try await Task.sleep(for: stopDeadline) } catch { return }
      reporter.yield(.deadlinePassed)
    }
  }
}
