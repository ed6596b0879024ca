/// The order of a group's end, event by event: no tasks, no clock.
///
/// `running` ends by a stop request or by any service's end; then `stopping` takes one service at a time, the last started
/// first, and ends when none runs or the deadline passes.
struct ServiceGroupState {
  enum Event {
    case stopRequested
    /// Nil where the service returned, or threw `CancellationError`.
    case ended(service: Int, (any Error)?)
    case deadlinePassed
  }

  enum Action: Equatable {
    case none
    /// Start the deadline, and ask this service to stop.
    case beginStop(Int)
    case stop(Int)
    /// Every service has ended.
    case finish
    /// Cancel these, wait no longer.
    case abandon([Int])
  }

  private enum Phase {
    case running
    case stopping
    case finished
  }

  private let names: [String]
  private let deadline: Duration
  private var live: Set<Int>
  private var phase = Phase.running
  /// Of several, the first: it is the cause of the rest.
  private(set) var failure: ServiceGroupError?

  init(names: [String], deadline: Duration) {
    self.names = names
    self.deadline = deadline
    live = Set(names.indices)
  }

  mutating func handle(_ event: Event) -> Action {
    switch (phase, event) {
    case (.running, .stopRequested): return beginStop()
    case (.running, .ended(let service, let error)):
      live.remove(service)
      failure = error.map { .failed(service: names[service], cause: $0) } ?? .endedUnasked(service: names[service])
      return beginStop()
    case (.stopping, .ended(let service, let error)):
      let wasAwaited = service == live.max()
      live.remove(service)
      if let error { failure = failure ?? .failed(service: names[service], cause: error) }
      return wasAwaited ? next().map(Action.stop) ?? finish() : .none
    case (.stopping, .deadlinePassed):
      failure = failure ?? .stopTimedOut(services: live.sorted(by: >).map { names[$0] }, after: deadline)
      phase = .finished
      return .abandon(live.sorted(by: >))
    case (.running, .deadlinePassed), (.stopping, .stopRequested), (.finished, _): return .none
    }
  }

  private mutating func beginStop() -> Action {
    phase = .stopping
    return next().map(Action.beginStop) ?? finish()
  }

  /// The service that was started last of those still running.
  private func next() -> Int? { live.max() }

  private mutating func finish() -> Action {
    phase = .finished
    return .finish
  }
}
