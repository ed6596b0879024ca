import Application
import Domain
import Testing

/// What every owner of a partition promises about the events it has in hand.
///
/// Left open on purpose: whether events outside the range are there that share a batch with one inside; whether what is
/// appended while a question waits is in its answer; the words of an error.
package enum RecentEventsSourcePromise: String, CaseIterable, Sendable {
  case answersWithWhatWasAppended
  case answersAboutAnEmptyPartition
  case answersOnlyTheTenant
  case answersOnlyTheService
  case answersAboutAllServices
  case answersOnlyTheRange
  case batchesAreInTheOrderOfTheirOffsets
  case leavesOutRepeats
  case readsTheLogEndAfterTheQuestion
  case waitsForWhatWasAppendedBefore
  case answersWithWhatItHasWhenPatienceEnds
  case hasNoOwnerBeforeItRuns
  case hasNoOwnerAfterItEnded
  case questionsEndWithTheirOwner
  case refusesAnotherPartition
  case saysThatItStopped
  case staysVisibleDuringACommit
  case isGoneAfterACommit
  case startsAtTheWatermark
  case endsAQuestionThatIsCancelled
  case answersManyAtOnce

  /// Records an issue if the promise is broken. Stop the stage afterwards.
  package func check(on stage: some RecentEventsSourceStage) async throws {
    let trial = SourceTrial(stage: stage)
    if self != .hasNoOwnerBeforeItRuns { try await stage.start() }
    switch self {
    case .answersWithWhatWasAppended: try await trial.checkContent()
    case .answersAboutAnEmptyPartition: try await trial.expect(0..<0, logEnd: 0, offsets: [])
    case .answersOnlyTheTenant: try await trial.checkTenants()
    case .answersOnlyTheService: try await trial.checkServices()
    case .answersAboutAllServices: try await trial.checkAllServices()
    case .answersOnlyTheRange: try await trial.checkRange()
    case .batchesAreInTheOrderOfTheirOffsets: try await trial.checkOrder()
    case .leavesOutRepeats: try await trial.checkRepeats()
    case .readsTheLogEndAfterTheQuestion: try await trial.checkLogEnd()
    case .waitsForWhatWasAppendedBefore: try await trial.checkWaiting()
    case .answersWithWhatItHasWhenPatienceEnds: try await trial.checkPatience()
    case .hasNoOwnerBeforeItRuns: try await trial.expectNoOwner(stage.partition)
    case .hasNoOwnerAfterItEnded:
      try await trial.append(1)
      try await trial.expect(0..<1, logEnd: 1, offsets: [0])
      try await stage.stop()
      try await trial.expectNoOwner(stage.partition)
    case .questionsEndWithTheirOwner: try await trial.checkStop()
    case .refusesAnotherPartition: try await trial.expectNoOwner(PartitionID(stage.partition.number + 1))
    case .saysThatItStopped: try await trial.checkHalt()
    case .staysVisibleDuringACommit: try await trial.checkCommitUnderWay()
    case .isGoneAfterACommit: try await trial.checkCommit()
    case .startsAtTheWatermark: try await trial.checkRestart()
    case .endsAQuestionThatIsCancelled: try await trial.checkCancellation()
    case .answersManyAtOnce: try await trial.checkMany()
    }
  }
}
