import Application
import Domain
import Foundation
import Testing

/// What every telemetry adapter promises. Left open: what it shows of an event, and whether it shows repeated ones singly.
package enum TelemetryPromise: String, CaseIterable, Sendable {
  case everyCaseLeavesATrace, takesHostileText, doesNotBlock, losesNothingBetweenThreads

  /// - Parameter make: A fresh adapter that shows all that it can.
  package func check(_ make: () async throws -> TelemetryUnderTest) async throws {
    let subject = try await make()
    switch self {
    case .everyCaseLeavesATrace:
      for event in try TelemetrySamples.everyCase() {
        let before = await subject.evidence()
        subject.telemetry.record(event)
        let isSeen = await subject.evidence() != before
        #expect(isSeen, "nothing shows that \(event) was told")
      }
    case .takesHostileText:
      for event in try TelemetrySamples.hostile() { subject.telemetry.record(event) }
      let before = await subject.evidence()
      subject.telemetry.record(.trouble(area: "test", reason: "after hostile text"))
      let isSeen = await subject.evidence() != before
      #expect(isSeen, "nothing is shown any more after hostile text")
    case .doesNotBlock:
      let events = try TelemetrySamples.everyCase()
      let start = ContinuousClock.now
      for _ in 0..<20 { for event in events { subject.telemetry.record(event) } }
      let average = (ContinuousClock.now - start) / (20 * events.count)
      // Microseconds in a debug build; a call that waits for anything takes far longer.
      #expect(average < .microseconds(500), "\(average) an event")
    case .losesNothingBetweenThreads:
      let event = TelemetryEvent.batchDelayed(tenant: try TenantID("tenant-1"), reason: .logFull)
      await withTaskGroup { group in
        for _ in 0..<8 {
          group.addTask {
            await onThreadOfItsOwn { for _ in 0..<250 { subject.telemetry.record(event) } }
          }
        }
      }
      let alone = try await make()
      for _ in 0..<2_000 { alone.telemetry.record(event) }
      let (together, inTurn) = (await subject.evidence(), await alone.evidence())
      #expect(together == inTurn)
    }
  }
}

/// Tasks would not do: where the pool is busy with other tests, those of a group may follow one another on one thread.
private func onThreadOfItsOwn(_ body: @escaping @Sendable () -> Void) async {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread {
      body()
      continuation.resume()
    }
  }
}
