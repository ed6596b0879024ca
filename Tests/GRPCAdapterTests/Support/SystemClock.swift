import Application
import Domain
import Foundation

/// The machine's clock, for tests over real sockets.
struct SystemClock: WallClock {
  private let start = ContinuousClock.now

  func now() -> Timestamp { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9)) }

  func elapsed() -> Duration { ContinuousClock.now - start }

  func sleep(for duration: Duration) async throws(CancellationError) {
    do { try await Task.sleep(for: duration) } catch { throw CancellationError() }
  }
}
