import Application
import Domain

/// Time that passes by itself, from 2026 on: for promises about patience.
struct MachineClock: WallClock {
  private let origin = ContinuousClock.now

  func now() -> Timestamp { Timestamp(nanoseconds: 1_767_225_600_000_000_000).advanced(by: elapsed()) }

  func elapsed() -> Duration { ContinuousClock.now - origin }

  func sleep(for duration: Duration) async throws(CancellationError) {
    do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
  }
}
