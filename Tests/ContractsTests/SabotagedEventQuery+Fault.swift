import EventQueryContract

extension SabotagedEventQuery {
  /// What is wrong with it.
  enum Fault: String, CaseIterable, Sendable {
    case oldestFirst, forgetsTheLimit, saysTheEndTooEarly, repeatsTheLastEventOfAPage, skipsEqualTimes
    case forgetsThePage, cursorBoundToTheLimit, cursorCountsEvents
    case ignoresService, ignoresLevel, levelIsAFloor, ignoresTheFloor, ignoresText, ignoresCase, endIsInclusive,
      startIsExclusive
    case ignoresTrace, onlyOneFilterAtATime
    case mixesTenants, refusesUnknownTenants, servicesOfAllTenants
    case repairsMessages, dropsAttributes, dropsOriginalTime, roundsTimes
    case clampsTheLimit, takesAnyCursor, startsAgainOnDamagedCursors, ignoresCancellation
    case countsOfAllLevels, countsAFilterLess, bucketsOnlyWhereEventsAre, asManyBucketsAsItLikes, inventsACount
    case clampsTheBuckets
    case alwaysIncomplete, alwaysComplete, mixesUpConcurrentAnswers

    var brokenPromise: EventQueryPromise {
      switch self {
      case .oldestFirst: .newestFirst
      case .forgetsTheLimit, .saysTheEndTooEarly: .limitIsKept
      case .repeatsTheLastEventOfAPage, .skipsEqualTimes: .pagesGiveEachEventOnce
      case .forgetsThePage: .samePageTwiceIsTheSame
      case .cursorBoundToTheLimit: .limitMayChangeBetweenPages
      case .cursorCountsEvents: .pagesStandStillWhileEventsArrive
      case .ignoresService: .byService
      case .ignoresLevel, .levelIsAFloor: .byLevel
      case .ignoresTheFloor: .atOrAboveALevel
      case .ignoresText, .ignoresCase: .bySubstring
      case .endIsInclusive, .startIsExclusive: .byTime
      case .ignoresTrace: .byTrace
      case .onlyOneFilterAtATime: .allFiltersTogether
      case .mixesTenants: .tenantsAreApart
      case .refusesUnknownTenants: .unknownTenantHasNothing
      case .servicesOfAllTenants: .servicesOfATenant
      case .repairsMessages, .dropsAttributes, .dropsOriginalTime, .roundsTimes: .everythingOfAnEventComesBack
      case .clampsTheLimit: .limitOutOfRangeIsRefused
      case .takesAnyCursor: .cursorOfAnotherQueryIsRefused
      case .startsAgainOnDamagedCursors: .damagedCursorIsRefused
      case .ignoresCancellation: .cancelledQueryEnds
      case .countsOfAllLevels, .countsAFilterLess: .countsAreThoseOfThePages
      case .bucketsOnlyWhereEventsAre: .bucketsCoverTheTimesAskedFor
      case .asManyBucketsAsItLikes: .bucketsAreAsManyAsAsked
      case .inventsACount: .nothingIsCountedAsNothing
      case .clampsTheBuckets: .bucketsOutOfRangeAreRefused
      case .alwaysIncomplete: .wholeAnswerIsComplete
      case .alwaysComplete: .incompleteIsSaid
      case .mixesUpConcurrentAnswers: .manyAtOnceGetTheirOwnAnswers
      }
    }
  }
}
