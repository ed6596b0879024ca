import Application
import Domain

/// The machine's time, for promises about patience.
struct PlainClock: WallClock {
  private let origin = ContinuousClock.now

  func now() -> Timestamp { Timestamp(nanoseconds: 0).advanced(by: elapsed()) }

  func elapsed() -> Duration { ContinuousClock.now - origin }

  func sleep(for duration: Duration) async throws(CancellationError) {
    do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
  }
}
