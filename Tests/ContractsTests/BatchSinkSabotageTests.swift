import BatchSinkContract
import Testing

/// Shows that each promise of the `BatchSink` contract can be broken, and by what.
@Suite("A wrong batch sink is found out", .timeLimit(.minutes(1)))
struct BatchSinkSabotageTests {
  @Test("the reference keeps every promise", arguments: BatchSinkPromise.allCases)
  func reference(_ promise: BatchSinkPromise) async throws {
    try await promise.check(on: BatchSinkStage(ReferenceSink()))
  }

  @Test("each fault breaks its promise", arguments: SabotagedBatchSink.Fault.allCases)
  func faults(_ fault: SabotagedBatchSink.Fault) async {
    let reference = ReferenceSink()
    let stage = BatchSinkStage(reference, sink: SabotagedBatchSink(sink: reference, fault: fault))
    await withKnownIssue("\(fault)") { try await fault.brokenPromise.check(on: stage) }
  }

  @Test("every promise is broken by some fault")
  func coverage() {
    let broken = Set(SabotagedBatchSink.Fault.allCases.map(\.brokenPromise))
    #expect(Set(BatchSinkPromise.allCases).subtracting(broken) == [])
  }
}
