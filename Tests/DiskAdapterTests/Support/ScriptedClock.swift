import Application
import Domain
import Threads

/// A clock that stands until it is moved; sleeping on it moves it.
final class ScriptedClock: WallClock {
  private let time = Lock(Duration.zero)

  func now() -> Timestamp { Timestamp(nanoseconds: 1_700_000_000_000_000_000).advanced(by: elapsed()) }

  func elapsed() -> Duration { time.withLock { $0 } }

  func sleep(for duration: Duration) async throws(CancellationError) {
    if Task.isCancelled { throw CancellationError() }
    advance(by: duration)
  }

  func advance(by duration: Duration) { time.withLock { $0 += duration } }
}
