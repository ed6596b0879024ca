import Application
import Domain

/// The machine's clock.
struct SystemClock: WallClock {
  private static let start = ContinuousClock.now

  func now() -> Timestamp {
    // Only differences matter to these tests, so an arbitrary day will do.
    Timestamp(nanoseconds: 1_700_000_000_000_000_000).advanced(by: elapsed())
  }

  func elapsed() -> Duration { ContinuousClock.now - Self.start }

  func sleep(for duration: Duration) async throws(CancellationError) {
    do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
  }
}
