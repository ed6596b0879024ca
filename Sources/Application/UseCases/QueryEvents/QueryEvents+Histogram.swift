import Domain

extension QueryEvents {
  package func histogram(_ request: HistogramRequest) async throws(EventQueryError) -> EventHistogram {
    let start = ports.clock.elapsed()
    do throws(EventQueryError) {
      guard (1...HistogramRequest.maximumBuckets).contains(request.buckets) else {
        throw .invalidRequest(
          field: "buckets", reason: "\(request.buckets) is not between 1 and \(HistogramRequest.maximumBuckets)")
      }
      try checkNeedle(request.predicate)
      let plan = try await QueryPlanner(ports: ports, budget: budget).plan(
        EventRequest(tenant: request.tenant, service: request.service, predicate: request.predicate))
      let answer = try await count(request, plan, deadline: start + budget.time)
      var report = answer.report
      report.duration = ports.clock.elapsed() - start
      ports.telemetry.record(
        .histogramAnswered(
          tenant: request.tenant, scanned: report.eventsScanned, objectsRead: report.objectsRead,
          bytesRead: report.bytesRead, isComplete: report.isComplete, duration: report.duration))
      return EventHistogram(histogram: answer.histogram, countedFrom: answer.countedFrom, report: report)
    } catch {
      ports.telemetry.record(.queryRefused(tenant: request.tenant, reason: QueryRefusal(error)))
      throw error
    }
  }

  private func count(
    _ request: HistogramRequest, _ plan: QueryPlan, deadline: Duration
  ) async throws(EventQueryError) -> EventHistogram {
    guard let span = Self.span(of: request.predicate.range, plan) else {
      var report = QueryReport()
      report.partitions = plan.partitions
      report.shortfalls = plan.shortfalls
      return EventHistogram(histogram: nil, countedFrom: nil, report: report)
    }
    let buckets = HistogramBuckets(span, atMost: request.buckets)
    var scan = HistogramScan(
      plan, count: EventCount(request.predicate, into: buckets), loader: loader, budget: budget, clock: ports.clock,
      deadline: deadline)
    let (histogram, countedFrom) = try await scan.run()
    return EventHistogram(histogram: histogram, countedFrom: countedFrom, report: scan.report)
  }

  /// The times that buckets must cover: those asked for, an open end replaced by that of what the plan names.
  private static func span(of range: TimeRange, _ plan: QueryPlan) -> ClosedRange<Timestamp>? {
    let spans = plan.batches.compactMap(\.timeSpan) + plan.chunks.map(\.descriptor.timeSpan)
    let found = spans.filter { range.overlaps($0) }
    let start = range.start == .distantPast ? found.map(\.lowerBound).min() : range.start
    let end =
      range.end == .distantFuture
      ? found.map(\.upperBound).max() : range.end.advanced(by: .nanoseconds(-1))
    guard let start, let end, start <= end else { return nil }
    return start...end
  }
}
