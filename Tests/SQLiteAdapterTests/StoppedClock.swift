import Application
import Domain

/// Always the same time.
struct StoppedClock: WallClock {
  var time = Timestamp.epoch

  func now() -> Timestamp { time }

  func elapsed() -> Duration { .zero }

  func sleep(for duration: Duration) async throws(CancellationError) {
    if Task.isCancelled { throw CancellationError() }
  }
}
