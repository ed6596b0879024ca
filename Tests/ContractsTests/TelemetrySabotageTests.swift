import Application
import Synchronization
import TelemetryContract
import Testing

@Suite("The contract of telemetry", .timeLimit(.minutes(1)))
struct TelemetrySabotageTests {
  @Test("is kept by a right adapter", arguments: TelemetryPromise.allCases)
  func isKept(_ promise: TelemetryPromise) async throws { try await check(promise, nil) }

  @Test("notices a wrong adapter", arguments: FaultyTelemetry.Fault.allCases)
  func notices(_ fault: FaultyTelemetry.Fault) async {
    await withKnownIssue("\(fault) breaks \(fault.broken)") { try await check(fault.broken, fault) }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyTelemetry.Fault.allCases.map(\.broken)) == Set(TelemetryPromise.allCases))
  }

  private func check(_ promise: TelemetryPromise, _ fault: FaultyTelemetry.Fault?) async throws {
    let made = Atomic(0)
    try await promise.check {
      // The first is the one that several threads share; what is told to the second in turn is the measure.
      let isShared = made.add(1, ordering: .relaxed).newValue == 1
      let telemetry = FaultyTelemetry(fault == .losesUpdates && !isShared ? nil : fault)
      return TelemetryUnderTest(telemetry) { telemetry.shown }
    }
  }
}

/// Counts what it is told, with one thing wrong or nothing.
final class FaultyTelemetry: Telemetry {
  enum Fault: String, CaseIterable {
    case ignoresFlushes, dropsAfterLongText, waits, losesUpdates

    var broken: TelemetryPromise {
      switch self {
      case .ignoresFlushes: .everyCaseLeavesATrace
      case .dropsAfterLongText: .takesHostileText
      case .waits: .doesNotBlock
      case .losesUpdates: .losesNothingBetweenThreads
      }
    }
  }

  private let fault: Fault?
  private let count = Atomic(0)
  private let isBroken = Atomic(false)
  private let calls = Atomic(0)

  init(_ fault: Fault?) { self.fault = fault }

  var shown: String { String(count.load(ordering: .relaxed)) }

  func record(_ event: TelemetryEvent) {
    if isBroken.load(ordering: .relaxed) { return }
    switch (fault, event) {
    case (.ignoresFlushes, .flushLost): return
    case (.dropsAfterLongText, .flushFailed(_, let reason)) where reason.utf8.count > 1_000:
      isBroken.store(true, ordering: .relaxed)
    case (.waits, _): spin(for: .milliseconds(1))
    // Every hundredth: to lose one only where two calls meet would leave it to luck whether any do.
    case (.losesUpdates, _) where calls.add(1, ordering: .relaxed).newValue.isMultiple(of: 100): return
    default: break
    }
    count.add(1, ordering: .relaxed)
  }

  private func spin(for duration: Duration) {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end {}
  }
}
