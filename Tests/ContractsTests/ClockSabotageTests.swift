import Application
import ClockContract
import Domain
import Synchronization
import Testing

@Suite("The contract of clocks", .timeLimit(.minutes(1)))
struct ClockSabotageTests {
  @Test("notices a wrong clock", arguments: FaultyClock.Fault.allCases)
  func notices(_ fault: FaultyClock.Fault) async {
    for promise in fault.broken {
      await withKnownIssue("\(fault) breaks \(promise)") { try await promise.check(on: FaultyClock(fault)) }
    }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyClock.Fault.allCases.flatMap(\.broken)) == Set(ClockPromise.allCases))
  }
}

/// A clock that counts readings for milliseconds, with one thing wrong.
struct FaultyClock: WallClock {
  enum Fault: String, CaseIterable {
    case goesBack, standsStill, countsFromZero
    case doesNotSleep, refusesToSleepForNothing, sleepsForAll, ignoresCancellation

    var broken: [ClockPromise] {
      switch self {
      case .goesBack: [.elapsedNeverGoesBack]
      case .standsStill: [.elapsedMovesWithTime, .timeOfDayMovesWithTime]
      case .countsFromZero: [.timeOfDayIsOfThisCentury]
      case .doesNotSleep: [.sleepLastsAsLongAsAsked]
      case .refusesToSleepForNothing: [.sleepOfNothingReturns]
      case .sleepsForAll: [.sleepersDoNotWaitForEachOther]
      case .ignoresCancellation: [.cancelledSleepEndsAtOnce, .cancelledTaskDoesNotSleep]
      }
    }
  }

  private final class State: Sendable { let readings = Atomic<Int64>(0) }

  private let fault: Fault
  private let state = State()

  init(_ fault: Fault) { self.fault = fault }

  func now() -> Timestamp { Timestamp(nanoseconds: elapsed().wholeNanoseconds) }

  func elapsed() -> Duration {
    let reading = state.readings.add(1, ordering: .relaxed).newValue
    return switch fault {
    case .standsStill: .zero
    case .goesBack: .milliseconds(-reading)
    default: .microseconds(reading)
    }
  }

  func sleep(for duration: Duration) async throws(CancellationError) {
    switch fault {
    case .refusesToSleepForNothing where duration <= .zero: throw CancellationError()
    // It sleeps, but lets another's cancellation end it: as if all shared one sleep.
    case .sleepsForAll: throw CancellationError()
    case .ignoresCancellation: return
    default: return
    }
  }
}
