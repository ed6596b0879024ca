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
    try await promise.check {
      let telemetry = FaultyTelemetry(fault)
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
  private let running = Atomic(0)
  private let waits = Atomic(0)

  init(_ fault: Fault?) { self.fault = fault }

  var shown: String { String(count.load(ordering: .relaxed)) }

  func record(_ event: TelemetryEvent) {
    if isBroken.load(ordering: .relaxed) { return }
    switch (fault, event) {
    case (.ignoresFlushes, .flushLost): return
    case (.dropsAfterLongText, .flushFailed(_, let reason)) where reason.utf8.count > 1_000:
      isBroken.store(true, ordering: .relaxed)
    case (.waits, _): spin(for: .milliseconds(1))
    case (.losesUpdates, _) where overlaps(): return
    default: break
    }
    count.add(1, ordering: .relaxed)
  }

  /// Whether another call is running; waits a little for one to come, 50 times at most.
  private func overlaps() -> Bool {
    defer { running.subtract(1, ordering: .sequentiallyConsistent) }
    running.add(1, ordering: .sequentiallyConsistent)
    guard waits.add(1, ordering: .relaxed).newValue <= 50 else { return false }
    let end = ContinuousClock.now + .milliseconds(20)
    while ContinuousClock.now < end {
      if running.load(ordering: .sequentiallyConsistent) > 1 { return true }
    }
    return false
  }

  private func spin(for duration: Duration) {
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end {}
  }
}
