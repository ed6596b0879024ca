import Application
package import Domain
import Threads

/// A clock that a test moves by hand: sleeps end when it has passed them.
package final class ScriptedClock: WallClock {
  private struct Sleeper {
    let wake: Duration
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var now: Timestamp
    var elapsed: Duration = .zero
    var nextSleeper = 0
    var sleepers: [Int: Sleeper] = [:]
  }

  private let state: Lock<State>
  private let sleeperChange = Broadcast()

  /// - Parameter start: The time of day until the clock is moved; 2026-01-01T00:00:00Z unless told otherwise.
  package init(at start: Timestamp = Timestamp(nanoseconds: 1_767_225_600_000_000_000)) {
    state = Lock(State(now: start))
  }

  package func now() -> Timestamp { state.withLock { $0.now } }

  package func elapsed() -> Duration { state.withLock { $0.elapsed } }

  package func sleep(for duration: Duration) async throws(CancellationError) {
    let id = state.withLock { state in
      state.nextSleeper += 1
      return state.nextSleeper
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let sleeps = state.withLock { state in
          if duration <= .zero || Task.isCancelled { return false }
          state.sleepers[id] = Sleeper(wake: state.elapsed + duration, continuation: continuation)
          return true
        }
        if sleeps { sleeperChange.announce() } else { continuation.resume() }
      }
    } onCancel: {
      guard let sleeper = state.withLock({ $0.sleepers.removeValue(forKey: id) }) else { return }
      sleeper.continuation.resume()
      sleeperChange.announce()
    }
    if Task.isCancelled { throw CancellationError() }
  }

  /// Lets time pass, and wakes who has slept long enough, those first whose time came first.
  ///
  /// Returns before the woken have done anything: await what they do.
  package func advance(by duration: Duration) {
    precondition(duration >= .zero, "time does not go backwards: set(to:) moves the time of day alone")
    let due = state.withLock { state in
      state.elapsed += duration
      state.now = state.now.advanced(by: duration)
      let due = state.sleepers.filter { $0.value.wake <= state.elapsed }
      for id in due.keys { state.sleepers.removeValue(forKey: id) }
      return due.sorted { ($0.value.wake, $0.key) < ($1.value.wake, $1.key) }.map(\.value.continuation)
    }
    for continuation in due { continuation.resume() }
    sleeperChange.announce()
  }

  /// Sets the time of day as an operator would: elapsed time stays, sleeps go on.
  package func set(to time: Timestamp) {
    state.withLock { $0.now = time }
  }

  /// Tasks that are asleep.
  package var sleepers: Int { state.withLock { $0.sleepers.count } }

  /// Returns once `count` tasks or more are asleep, or the task is cancelled: what a test awaits before it moves the clock.
  package func waitForSleepers(_ count: Int = 1) async {
    while !Task.isCancelled {
      let seen = sleeperChange.count
      if sleepers >= count { return }
      await sleeperChange.wait(past: seen)
    }
  }
}
