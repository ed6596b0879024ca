package import Domain

/// Finds events: plans, looks through what is recent and what is stored, newest first, and says how complete that is.
package struct QueryEvents: EventQuery {
  let ports: QueryPorts
  let loader: ChunkLoader
  let budget: QueryBudget

  package init(ports: QueryPorts, codecs: BlockCodecs, budget: QueryBudget = QueryBudget()) {
    self.ports = ports
    self.budget = budget
    loader = ChunkLoader(store: ports.store, codecs: codecs)
  }

  package func events(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    let start = ports.clock.elapsed()
    do throws(EventQueryError) {
      let below = try cursorKey(request)
      try check(request)
      let plan = try await QueryPlanner(ports: ports, budget: budget).plan(request)
      var scan = PageScan(
        plan, scan: EventScan(request.predicate, below: below), limit: request.limit, loader: loader, budget: budget,
        clock: ports.clock, deadline: start + budget.time)
      let (events, hasMore) = try await scan.run()
      var report = scan.report
      report.duration = ports.clock.elapsed() - start
      record(request, report, events.count)
      return EventPage(events: events, nextCursor: hasMore ? cursor(after: events, request) : nil, report: report)
    } catch {
      ports.telemetry.record(.queryRefused(tenant: request.tenant, reason: QueryRefusal(error)))
      throw error
    }
  }

  private func check(_ request: EventRequest) throws(EventQueryError) {
    guard (1...EventRequest.maximumLimit).contains(request.limit) else {
      throw .invalidRequest(
        field: "limit", reason: "\(request.limit) is not between 1 and \(EventRequest.maximumLimit)")
    }
    try checkNeedle(request.predicate)
  }

  func checkNeedle(_ predicate: EventPredicate) throws(EventQueryError) {
    guard predicate.contains.count <= budget.needleBytes else {
      throw .invalidRequest(
        field: "contains",
        reason: "\(predicate.contains.count) bytes are over the limit of \(budget.needleBytes)")
    }
  }

  private func cursorKey(_ request: EventRequest) throws(EventQueryError) -> OrderKey? {
    guard let text = request.cursor else { return nil }
    let cursor: QueryCursor
    do throws(DecodingError) { cursor = try QueryCursor(text) } catch { throw .invalidCursor(reason: error.reason) }
    guard cursor.query == hash(request) else {
      throw .invalidCursor(reason: "it belongs to a query with other filters: send the same ones with every page")
    }
    return cursor.last
  }

  private func cursor(after events: [Event], _ request: EventRequest) -> String? {
    events.last.map { QueryCursor(last: $0.key, query: hash(request)).text }
  }

  private func hash(_ request: EventRequest) -> UInt32 {
    QueryCursor.queryHash(tenant: request.tenant, service: request.service, predicate: request.predicate)
  }

  private func record(_ request: EventRequest, _ report: QueryReport, _ count: Int) {
    ports.telemetry.record(
      .queryAnswered(
        tenant: request.tenant, events: count, scanned: report.eventsScanned, objectsRead: report.objectsRead,
        bytesRead: report.bytesRead, isComplete: report.isComplete, duration: report.duration))
  }
}

extension QueryRefusal {
  init(_ error: EventQueryError) {
    switch error {
    case .invalidCursor: self = .invalidCursor
    case .invalidRequest: self = .invalidRequest
    case .overBudget: self = .overBudget
    case .unavailable: self = .unavailable
    case .cancelled: self = .cancelled
    }
  }
}
