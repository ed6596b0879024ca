package import Application
package import Domain

/// What a query means, by looking at every event: the oracle for anything faster.
///
/// Its cursors have a form of their own. An actor, so that events may be added while it is asked.
package actor ReferenceEventQuery: EventQuery {
  private var events: [TenantID: [Event]] = [:]
  private var shortfalls: [QueryReport.Shortfall] = []

  package init() {}

  package func load(_ batches: [StoredBatch]) {
    for batch in batches { events[batch.tenant, default: []] += batch.events }
  }

  /// Every answer from now on gives `shortfall`.
  package func fallShort(_ shortfall: QueryReport.Shortfall) { shortfalls.append(shortfall) }

  package func events(_ request: EventRequest) async throws(EventQueryError) -> EventPage {
    if Task.isCancelled { throw .cancelled }
    guard (1...EventRequest.maximumLimit).contains(request.limit) else {
      throw .invalidRequest(
        field: "limit", reason: "\(request.limit) is not between 1 and \(EventRequest.maximumLimit)")
    }
    let last = try request.cursor.map { text throws(EventQueryError) in try Self.key(cursor: text, of: request) }
    let all = events[request.tenant] ?? []
    let found = all.filter { event in Self.fits(event, request) && (last.map { event.key < $0 } ?? true) }
    let sorted = found.sorted { $0.key > $1.key }
    let page = Array(sorted.prefix(request.limit))
    var report = QueryReport()
    report.eventsScanned = all.count
    report.shortfalls = shortfalls
    let isEnd = page.count == sorted.count
    return EventPage(
      events: page, nextCursor: isEnd ? nil : page.last.map { Self.cursor($0.key, of: request) }, report: report)
  }

  package func histogram(_ request: HistogramRequest) async throws(EventQueryError) -> EventHistogram {
    if Task.isCancelled { throw .cancelled }
    guard (1...HistogramRequest.maximumBuckets).contains(request.buckets) else {
      throw .invalidRequest(field: "buckets", reason: "\(request.buckets) is out of range")
    }
    let filter = EventRequest(tenant: request.tenant, service: request.service, predicate: request.predicate)
    let found = (events[request.tenant] ?? []).filter { Self.fits($0, filter) }
    var report = QueryReport()
    report.shortfalls = shortfalls
    let range = request.predicate.range
    let times = found.map(\.key.timestamp)
    let start = range.start == .distantPast ? times.min() : range.start
    let end = range.end == .distantFuture ? times.max() : range.end.advanced(by: .nanoseconds(-1))
    guard let start, let end, start <= end else {
      return EventHistogram(histogram: nil, countedFrom: nil, report: report)
    }
    var histogram = Histogram(HistogramBuckets(start...end, atMost: request.buckets))
    for event in found {
      histogram.add(1, in: histogram.buckets.index(of: event.key.timestamp), severity: event.severity.number)
    }
    return EventHistogram(histogram: histogram, countedFrom: nil, report: report)
  }

  package func services(of tenant: TenantID) async throws(EventQueryError) -> ServiceList {
    ServiceList(services: Set((events[tenant] ?? []).map(\.key.service)).sorted())
  }

  package static func fits(_ event: Event, _ request: EventRequest) -> Bool {
    let predicate = request.predicate
    return predicate.range.contains(event.key.timestamp)
      && (request.service.map { $0 == event.key.service } ?? true)
      && predicate.severities.contains(event.severity.number)
      && (predicate.contains.isEmpty || event.message.contains(predicate.contains))
      && (predicate.traceID.map { $0 == event.traceID } ?? true)
  }

  /// The order key and a digest of the query, in hexadecimal.
  private static func cursor(_ key: OrderKey, of request: EventRequest) -> String {
    var bytes: [UInt8] = []
    bytes.append(uint32: digest(of: request))
    key.append(to: &bytes)
    return Hexadecimal.text(bytes)
  }

  private static func key(cursor text: String, of request: EventRequest) throws(EventQueryError) -> OrderKey {
    guard let bytes = Hexadecimal.bytes(text.utf8), bytes.count > 4 else {
      throw .invalidCursor(reason: "not a cursor of this system")
    }
    guard bytes.span.uint32(at: 0) == digest(of: request) else {
      throw .invalidCursor(reason: "the cursor belongs to another query")
    }
    var cursor = ByteCursor(at: 4, end: bytes.count)
    do throws(DecodingError) { return try OrderKey(bytes.span, at: &cursor) } catch {
      throw .invalidCursor(reason: "\(error)")
    }
  }

  /// Of all but limit and cursor.
  private static func digest(of request: EventRequest) -> UInt32 {
    let predicate = request.predicate
    let parts: [String] = [
      request.tenant.text, request.service?.text ?? "", "\(predicate.range)", "\(predicate.severities)",
      Hexadecimal.text(predicate.contains), predicate.traceID?.description ?? "",
    ]
    return CRC32C.checksum(Array(parts.joined(separator: "\u{0}").utf8).span)
  }
}
