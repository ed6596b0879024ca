package import Application
import Threads

/// Keeps what was told, for assertions.
package final class RecordingTelemetry: Telemetry {
  private struct State {
    var events: [TelemetryEvent] = []
    var dropped = 0
  }

  private let state = Lock(State())
  private let change = Broadcast()
  private let capacity: Int

  /// - Parameter capacity: Events kept; above it the oldest half is dropped and counted.
  package init(capacity: Int = 10_000) {
    precondition(capacity >= 2, "a recording keeps at least two events")
    self.capacity = capacity
  }

  package func record(_ event: TelemetryEvent) {
    state.withLock { state in
      if state.events.count == capacity {
        state.events.removeFirst(capacity / 2)
        state.dropped += capacity / 2
      }
      state.events.append(event)
    }
    change.announce()
  }

  /// Oldest first.
  package var events: [TelemetryEvent] { state.withLock { $0.events } }

  /// Events that were told and are not kept any more.
  package var dropped: Int { state.withLock { $0.dropped } }

  package func count(where matches: (TelemetryEvent) -> Bool) -> Int {
    events.count { matches($0) }
  }

  /// Returns once an event that matches is there, or nil when the task is cancelled.
  package func first(where matches: (TelemetryEvent) -> Bool) async -> TelemetryEvent? {
    while !Task.isCancelled {
      let seen = change.count
      if let event = events.first(where: matches) { return event }
      await change.wait(past: seen)
    }
    return nil
  }
}
