import Application
package import Domain

/// The machine's own clocks.
package struct SystemClock: WallClock {
  package init() {}

  package func now() -> Timestamp { Timestamp(nanoseconds: KernelClock.realtime()) }

  package func elapsed() -> Duration { .nanoseconds(KernelClock.monotonic()) }

  package func sleep(for duration: Duration) async throws(CancellationError) {
    do {
      try await Task.sleep(for: duration, clock: .continuous)
    } catch {
      // `Task.sleep` throws nothing else.
      throw CancellationError()
    }
  }
}
