import RecentEventsSourceContract

extension FaultySource {
  enum Fault: String, CaseIterable, Sendable {
    case losesTheNewest, needsEvents, mixesTenants, mixesServices, needsAService, ignoresTheRange, takesTheRangeAsClosed
    case answersNewestFirst, keepsRepeats, remembersTheLogEnd, answersAtOnce, waitsForEver, givesUpWithNothing
    case ownsBeforeItRuns, ownsAfterItEnded, leavesQuestionsOpen, answersForAnyPartition, hidesThatItStopped
    case hidesWhatIsBeingCommitted, movesBeforeTheCommit, keepsWhatIsCommitted, startsAtZero
    case ignoresCancellation, callsCancellationTrouble, endsAllWithOne, refusesCrowds

    var broken: RecentEventsSourcePromise {
      switch self {
      case .losesTheNewest: .answersWithWhatWasAppended
      case .needsEvents: .answersAboutAnEmptyPartition
      case .mixesTenants: .answersOnlyTheTenant
      case .mixesServices: .answersOnlyTheService
      case .needsAService: .answersAboutAllServices
      case .ignoresTheRange, .takesTheRangeAsClosed: .answersOnlyTheRange
      case .answersNewestFirst: .batchesAreInTheOrderOfTheirOffsets
      case .keepsRepeats: .leavesOutRepeats
      case .remembersTheLogEnd: .readsTheLogEndAfterTheQuestion
      case .answersAtOnce: .waitsForWhatWasAppendedBefore
      case .waitsForEver, .givesUpWithNothing: .answersWithWhatItHasWhenPatienceEnds
      case .ownsBeforeItRuns: .hasNoOwnerBeforeItRuns
      case .ownsAfterItEnded: .hasNoOwnerAfterItEnded
      case .leavesQuestionsOpen: .questionsEndWithTheirOwner
      case .answersForAnyPartition: .refusesAnotherPartition
      case .hidesThatItStopped: .saysThatItStopped
      case .hidesWhatIsBeingCommitted, .movesBeforeTheCommit: .staysVisibleDuringACommit
      case .keepsWhatIsCommitted: .isGoneAfterACommit
      case .startsAtZero: .startsAtTheWatermark
      case .ignoresCancellation, .callsCancellationTrouble, .endsAllWithOne: .endsAQuestionThatIsCancelled
      case .refusesCrowds: .answersManyAtOnce
      }
    }

    /// Whether what a test waits for never comes: then it need not wait long for it.
    var keepsWaiting: Bool {
      switch self {
      case .answersAtOnce, .waitsForEver, .leavesQuestionsOpen, .ignoresCancellation, .refusesCrowds: true
      default: false
      }
    }
  }
}
