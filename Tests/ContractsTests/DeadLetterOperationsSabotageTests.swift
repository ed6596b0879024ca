import Application
import DeadLetterOperationsContract
import Domain
import TestSupport
import Testing

/// Shows that each promise of the `DeadLetterOperations` contract can be broken, and by what.
@Suite("Wrong operations on dead letters are found out", .timeLimit(.minutes(1)))
struct DeadLetterOperationsSabotageTests {
  @Test("each fault breaks its promise", arguments: SabotagedDeadLetters.Fault.allCases)
  func faults(_ fault: SabotagedDeadLetters.Fault) async {
    await withKnownIssue("\(fault)") { try await fault.broken.check(on: stage(fault)) }
  }

  @Test("every promise is broken by some fault")
  func coverage() {
    let broken = Set(SabotagedDeadLetters.Fault.allCases.map(\.broken))
    #expect(Set(DeadLetterOperationsPromise.allCases).subtracting(broken) == [])
  }

  private func stage(_ fault: SabotagedDeadLetters.Fault) -> DeadLetterOperationsStage {
    let stage = DeadLetterOperationsStage.useCase { SabotagedDeadLetters(honest: $0, fault: fault) }
    guard fault == .changesIdentities else { return stage }
    return DeadLetterOperationsStage(
      operations: stage.operations, put: stage.put, publish: stage.publish,
      taken: {
        // Another producer for each batch, whatever it holds.
        try await stage.taken().enumerated().map { index, batch in
          (ProducerID(Identifier128(high: 1, low: UInt64(index))), batch.messages)
        }
      }, allowBadEvents: stage.allowBadEvents)
  }
}
