import Application
import Domain
import EventQueryContract

/// The oracle with one fault.
actor SabotagedEventQuery: EventQuery {
  let query: ReferenceEventQuery
  let fault: Fault
  private var lastRequest: EventRequest?
  private var lastTime: Timestamp?

  init(_ query: ReferenceEventQuery, fault: Fault) {
    self.query = query
    self.fault = fault
  }

  func events(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    switch fault {
    case .cursorBoundToTheLimit: return try await pageBoundToLimit(request)
    case .cursorCountsEvents: return try await pageByCount(request)
    case .ignoresCancellation: return try await uncancelledPage(request)
    case .ignoresCase: return try await pageWithoutCase(request)
    case .repeatsTheLastEventOfAPage: return try await pageThatOverlaps(request)
    case .takesAnyCursor, .startsAgainOnDamagedCursors: return try await pageWhateverTheCursor(request)
    default: return altered(try await query.events(altered(request)), for: request)
    }
  }

  func services(of tenant: TenantID) async throws(EventQueryError) -> ServiceList {
    if fault != .servicesOfAllTenants { return try await query.services(of: tenant) }
    let services = try await query.services(of: EventCorpus.tenant).services
    let others = try await query.services(of: EventCorpus.otherTenant).services
    return ServiceList(services: Set(services + others).sorted())
  }

  // MARK: Faults in what is asked

  private func altered(_ request: EventRequest) throws(EventQueryError) -> EventRequest {
    defer { lastRequest = request }
    var request = request
    let range = request.predicate.range
    switch fault {
    case .forgetsTheLimit: request.limit = EventRequest.maximumLimit
    case .forgetsThePage: if request.cursor == lastRequest?.cursor { request.cursor = nil }
    case .ignoresService: request.service = nil
    case .ignoresLevel: request.predicate.severities = EventPredicate.anySeverity
    case .levelIsAFloor: request.predicate.severities = request.predicate.severities.lowerBound...24
    case .ignoresTheFloor: request.predicate.severities = 0...request.predicate.severities.upperBound
    case .ignoresText: request.predicate.contains = []
    case .endIsInclusive:
      request.predicate.range = TimeRange(from: range.start, to: range.end.advanced(by: .nanoseconds(1)))
    case .startIsExclusive where range.start < range.end:
      request.predicate.range = TimeRange(from: range.start.advanced(by: .nanoseconds(1)), to: range.end)
    case .ignoresTrace: request.predicate.traceID = nil
    case .onlyOneFilterAtATime: if request.service != nil { request.predicate = EventPredicate() }
    case .mixesTenants: request.tenant = EventCorpus.tenant
    case .refusesUnknownTenants where request.tenant == .default:
      throw .invalidRequest(field: "tenant_id", reason: "unknown")
    case .clampsTheLimit: request.limit = min(max(request.limit, 1), EventRequest.maximumLimit)
    case .mixesUpConcurrentAnswers: request = lastRequest ?? request
    default: break
    }
    return request
  }

  // MARK: Faults in what is answered

  private func altered(_ page: EventPage, for request: EventRequest) -> EventPage {
    var events = page.events
    var cursor = page.nextCursor
    var report = page.report
    switch fault {
    case .oldestFirst: events.reverse()
    case .saysTheEndTooEarly: cursor = nil
    case .skipsEqualTimes:
      if request.cursor != nil { events.removeAll { $0.key.timestamp == lastTime } }
      lastTime = page.events.last?.key.timestamp
    case .repairsMessages, .dropsAttributes, .dropsOriginalTime, .roundsTimes: events = events.map(altered)
    case .alwaysIncomplete: report.shortfalls.append(.indexNotWhole)
    case .alwaysComplete: report.shortfalls = []
    default: break
    }
    return EventPage(events: events, nextCursor: cursor, report: report)
  }

  private func altered(_ event: Event) -> Event {
    let key = event.key
    let rounded = key.timestamp.nanoseconds / 1_000_000 * 1_000_000
    return Event(
      key: fault == .roundsTimes
        ? OrderKey(
          timestamp: Timestamp(nanoseconds: rounded), service: key.service, producer: key.producer,
          sequence: key.sequence, index: key.index) : key,
      severity: event.severity, severityText: event.severityText,
      message: fault == .repairsMessages ? Array(String(repairing: event.message.span).utf8) : event.message,
      traceID: event.traceID, spanID: event.spanID, attributes: fault == .dropsAttributes ? [] : event.attributes,
      resource: event.resource, originalTimestamp: fault == .dropsOriginalTime ? nil : event.originalTimestamp)
  }

  // MARK: Faults in pages

  private func pageBoundToLimit(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    var inner = request
    if let cursor = request.cursor {
      guard cursor.hasSuffix(".\(request.limit)") else { throw .invalidCursor(reason: "another limit") }
      inner.cursor = String(cursor.prefix { $0 != "." })
    }
    let page = try await query.events(inner)
    return EventPage(
      events: page.events, nextCursor: page.nextCursor.map { "\($0).\(request.limit)" }, report: page.report)
  }

  private func pageByCount(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    let start = request.cursor.flatMap { Int($0) } ?? 0
    var all = request
    all.cursor = nil
    all.limit = EventRequest.maximumLimit
    let page = try await query.events(all)
    let events = Array(page.events.dropFirst(start).prefix(request.limit))
    let end = start + events.count
    return EventPage(events: events, nextCursor: end < page.events.count ? "\(end)" : nil, report: page.report)
  }

  private func uncancelledPage(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    let query = query
    let task = Task { () async -> Result<EventPage, EventQueryError> in
      do throws(EventQueryError) { return .success(try await query.events(request)) } catch { return .failure(error) }
    }
    return try await task.value.get()
  }

  private func pageWithoutCase(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    var wide = request
    wide.predicate.contains = []
    wide.limit = EventRequest.maximumLimit
    let text = String(repairing: request.predicate.contains.span).lowercased()
    let page = try await query.events(wide)
    let events = page.events.filter { String(repairing: $0.message.span).lowercased().contains(text) }
    return EventPage(events: events, nextCursor: nil, report: page.report)
  }

  private func pageThatOverlaps(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    let page = try await query.events(request)
    if request.limit < 2 || page.nextCursor == nil { return page }
    var shorter = request
    shorter.limit -= 1
    let cursor = try await query.events(shorter).nextCursor
    return EventPage(events: page.events, nextCursor: cursor, report: page.report)
  }

  private func pageWhateverTheCursor(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    do throws(EventQueryError) { return try await query.events(request) } catch {
      guard case .invalidCursor(let reason) = error else { throw error }
      if fault == .takesAnyCursor, !reason.contains("another query") { throw error }
      var first = request
      first.cursor = nil
      return try await query.events(first)
    }
  }
}
