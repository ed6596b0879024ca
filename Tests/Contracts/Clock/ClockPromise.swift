package import Application
import Domain
import Testing

/// What every clock promises. Left open: how much later than asked a sleep ends, and whether time goes on while the
/// machine is suspended.
package enum ClockPromise: String, CaseIterable, Sendable {
  case elapsedNeverGoesBack, elapsedMovesWithTime, timeOfDayMovesWithTime, timeOfDayIsOfThisCentury
  case sleepLastsAsLongAsAsked, sleepOfNothingReturns, sleepersDoNotWaitForEachOther
  case cancelledSleepEndsAtOnce, cancelledTaskDoesNotSleep

  /// - Parameter letPass: Lets time pass on a clock that does not move by itself, until it is cancelled.
  package func check(
    on clock: some WallClock, letPass: @escaping @Sendable () async -> Void = {}
  ) async throws {
    let nap = Duration.milliseconds(20)
    func sleep(for duration: Duration) async throws {
      async let _: Void = letPass()  // cancelled and awaited at the end of the scope
      try await clock.sleep(for: duration)
    }
    switch self {
    case .elapsedNeverGoesBack: await expectMonotonic(clock)
    case .elapsedMovesWithTime, .sleepLastsAsLongAsAsked:
      let start = clock.elapsed()
      try await sleep(for: nap)
      #expect(clock.elapsed() - start >= nap)
    case .timeOfDayMovesWithTime:
      let start = clock.now()
      try await sleep(for: nap)
      // Half of it: an operator's clock may be slewed meanwhile.
      #expect(clock.now().duration(since: start) >= nap / 2)
    case .timeOfDayIsOfThisCentury:
      let years = clock.now().nanoseconds / 1_000_000_000 / 31_556_952
      #expect((50..<130).contains(years), "\(years) years since 1970")
    case .sleepOfNothingReturns:
      try await clock.sleep(for: .zero)
      try await clock.sleep(for: .seconds(-1))
    case .sleepersDoNotWaitForEachOther:
      let long = Task { try await clock.sleep(for: .seconds(3_600)) }
      try await sleep(for: nap)
      long.cancel()
      await #expect(throws: CancellationError.self) { try await long.value }
    case .cancelledSleepEndsAtOnce:
      let task = Task { try await clock.sleep(for: .seconds(3_600)) }
      await Task.yield()
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    case .cancelledTaskDoesNotSleep:
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        try await clock.sleep(for: .seconds(3_600))
      }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  private func expectMonotonic(_ clock: some WallClock) async {
    let goesBack = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { @concurrent in
          var last = clock.elapsed()
          for _ in 0..<10_000 {
            let next = clock.elapsed()
            if next < last { return true }
            last = next
          }
          return false
        }
      }
      return await group.contains(true)
    }
    #expect(!goesBack)
  }
}
