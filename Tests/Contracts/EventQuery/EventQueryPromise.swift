import Application
import Domain
import Testing

/// What every door to the query service keeps: the use case, REST, and whatever comes later.
///
/// Run each as an argument, each on a fresh stage. Left open on purpose: what a cursor looks like; how many events a page
/// holds below its limit (a door may end it early to bound memory, and then gives a cursor); what a cursor is worth once
/// its events are gone; how wide buckets are, and where a histogram begins and ends whose times are left open.
package enum EventQueryPromise: String, CaseIterable, Sendable {
  // Order and pages
  case newestFirst, limitIsKept, pagesGiveEachEventOnce, samePageTwiceIsTheSame, limitMayChangeBetweenPages
  case pagesStandStillWhileEventsArrive
  // Filters
  case byService, byLevel, atOrAboveALevel, bySubstring, byTime, byTrace, allFiltersTogether
  // Tenants
  case tenantsAreApart, unknownTenantHasNothing, servicesOfATenant
  // The whole event
  case everythingOfAnEventComesBack
  // Refusals
  case limitOutOfRangeIsRefused, cursorOfAnotherQueryIsRefused, damagedCursorIsRefused, cancelledQueryEnds
  // Counts over time
  case countsAreThoseOfThePages, bucketsCoverTheTimesAskedFor, bucketsAreAsManyAsAsked, nothingIsCountedAsNothing
  case bucketsOutOfRangeAreRefused
  // Trust
  case wholeAnswerIsComplete, incompleteIsSaid
  case manyAtOnceGetTheirOwnAnswers

  package func check(on stage: some EventQueryStage) async throws {
    switch self {
    case .newestFirst: try await checkOrder(stage)
    case .limitIsKept: try await checkLimit(stage)
    case .pagesGiveEachEventOnce: try await checkPages(stage)
    case .samePageTwiceIsTheSame: try await checkRepeatedPage(stage)
    case .limitMayChangeBetweenPages: try await checkChangedLimit(stage)
    case .pagesStandStillWhileEventsArrive: try await checkArrivals(stage)
    case .byService, .byLevel, .atOrAboveALevel, .bySubstring, .byTime, .byTrace, .allFiltersTogether:
      try await checkFilter(stage)
    case .tenantsAreApart: try await checkTenants(stage)
    case .unknownTenantHasNothing: try await checkUnknownTenant(stage)
    case .servicesOfATenant: try await checkServices(stage)
    case .everythingOfAnEventComesBack: try await checkContent(stage)
    case .limitOutOfRangeIsRefused: try await checkLimitRange(stage)
    case .cursorOfAnotherQueryIsRefused: try await checkForeignCursor(stage)
    case .damagedCursorIsRefused: try await checkDamagedCursor(stage)
    case .cancelledQueryEnds: try await checkCancellation(stage)
    case .countsAreThoseOfThePages: try await checkCounts(stage)
    case .bucketsCoverTheTimesAskedFor: try await checkCover(stage)
    case .bucketsAreAsManyAsAsked: try await checkBucketLimit(stage)
    case .nothingIsCountedAsNothing: try await checkNothing(stage)
    case .bucketsOutOfRangeAreRefused: try await checkBucketRange(stage)
    case .wholeAnswerIsComplete: try await checkComplete(stage)
    case .incompleteIsSaid: try await checkIncomplete(stage)
    case .manyAtOnceGetTheirOwnAnswers: try await checkConcurrency(stage)
    }
  }

  /// All of the tenant's, on one page.
  static let everything = EventRequest(tenant: EventCorpus.tenant, limit: EventRequest.maximumLimit)

  /// What the oracle gives for `request`, over all pages.
  static func expected(_ request: EventRequest, of batches: [StoredBatch] = EventCorpus.mixed) -> [SeenEvent] {
    batches.filter { $0.tenant == request.tenant }.flatMap(\.events)
      .filter { ReferenceEventQuery.fits($0, request) }
      .sorted { $0.key > $1.key }.map(SeenEvent.init)
  }

  /// Compares lists in one line of output, where the macro would print hundreds of events.
  func expectSame(
    _ items: [SeenEvent], _ expected: ArraySlice<SeenEvent>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let difference = SeenEvent.difference(items, from: Array(expected))
    #expect(difference == nil, sourceLocation: sourceLocation)
  }

  /// Follows cursors to the end; gives up on a door that never ends.
  static func allPages(_ request: EventRequest, _ door: some EventQueryDoor) async throws -> [[SeenEvent]] {
    var pages: [[SeenEvent]] = []
    var request = request
    repeat {
      let page = try await door.events(request)
      pages.append(page.items)
      request.cursor = page.nextCursor
      try #require(pages.count < 1_000, "the pages have no end")
    } while request.cursor != nil
    return pages
  }
}
