import Application
import Domain
import Testing

extension EventQueryPromise {
  /// Bucket by bucket and level by level the counts are those of the events that the oracle finds.
  func checkCounts(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    for request in Self.histogramRequests {
      for buckets in [1, 7, 60, HistogramRequest.maximumBuckets] {
        var request = request
        request.buckets = buckets
        let answer = try await stage.door.histogram(request)
        let expected = Self.events(request)
        try #require(!expected.isEmpty && answer.width > .zero)
        #expect(answer.total == expected.count)
        #expect(answer.isComplete)
        for bucket in answer.buckets {
          let end = bucket.start.advanced(by: answer.width)
          let inside = expected.filter { $0.key.timestamp >= bucket.start && $0.key.timestamp < end }
          #expect(bucket.counts == Self.counts(inside), "\(request) in the bucket of \(bucket.start)")
        }
        #expect(answer.buckets.reduce(0) { $0 + $1.counts.values.reduce(0, +) } == expected.count)
      }
    }
  }

  func checkCover(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    // Hours before and after all events, too: they are there with nothing in them.
    let start = EventCorpus.noon.advanced(by: .seconds(-7_261))
    let end = EventCorpus.noon.advanced(by: .seconds(8 * 3_600 + 1))
    let predicate = EventPredicate(range: TimeRange(from: start, to: end))
    let answer = try await stage.door.histogram(
      HistogramRequest(tenant: EventCorpus.tenant, predicate: predicate, buckets: 100))
    let (first, last) = try #require(answer.buckets.first.flatMap { first in answer.buckets.last.map { (first, $0) } })
    #expect(first.start <= start && start < first.start.advanced(by: answer.width))
    #expect(last.start < end && end <= last.start.advanced(by: answer.width))
    #expect(first.counts.isEmpty && last.counts.isEmpty)
    let followOn = zip(answer.buckets, answer.buckets.dropFirst()).allSatisfy {
      $0.start.advanced(by: answer.width) == $1.start
    }
    #expect(followOn, "each bucket begins where the one before ends")
  }

  func checkBucketLimit(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    for buckets in [1, 2, 10, 60, HistogramRequest.maximumBuckets] {
      let answer = try await stage.door.histogram(HistogramRequest(tenant: EventCorpus.tenant, buckets: buckets))
      #expect(answer.buckets.count <= buckets)
      // And not far fewer: a width is at most five times the one below it.
      #expect(answer.buckets.count * 6 >= buckets)
    }
  }

  func checkNothing(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    let nobody = try await stage.door.histogram(HistogramRequest(tenant: .default))
    #expect(nobody == HistogramAnswer(width: .zero, buckets: [], total: 0, isComplete: true, reasons: 0))
    let hours = TimeRange(from: EventCorpus.noon, to: EventCorpus.noon.advanced(by: .seconds(14_400)))
    let text = EventPredicate(range: hours, contains: Array("no such text".utf8))
    let nothing = try await stage.door.histogram(HistogramRequest(tenant: EventCorpus.tenant, predicate: text))
    #expect(nothing.total == 0 && nothing.isComplete)
    #expect(nothing.buckets.allSatisfy { $0.counts.isEmpty })
  }

  func checkBucketRange(_ stage: some EventQueryStage) async throws {
    try await stage.load([EventCorpus.colourful])
    for buckets in [0, -1, Int.min, HistogramRequest.maximumBuckets + 1, Int.max] {
      let request = HistogramRequest(tenant: EventCorpus.tenant, buckets: buckets)
      await #expect(throws: EventQueryRefusal.invalidRequest(field: "buckets")) {
        try await stage.door.histogram(request)
      }
    }
  }

  /// Each filter alone and all together.
  private static var histogramRequests: [HistogramRequest] {
    let hour = TimeRange(
      from: EventCorpus.noon.advanced(by: .seconds(3_600)), to: EventCorpus.noon.advanced(by: .seconds(7_200)))
    var wide = EventPredicate(
      range: TimeRange(from: EventCorpus.noon, to: EventCorpus.noon.advanced(by: .seconds(14_400))))
    wide.severities = Level.warn.severities.lowerBound...24
    wide.contains = Array("timeout".utf8)
    return [
      HistogramRequest(tenant: EventCorpus.tenant), HistogramRequest(tenant: EventCorpus.otherTenant),
      HistogramRequest(tenant: EventCorpus.tenant, service: EventCorpus.web),
      HistogramRequest(tenant: EventCorpus.tenant, predicate: EventPredicate(range: hour)),
      HistogramRequest(tenant: EventCorpus.tenant, predicate: EventPredicate(severities: Level.error.severities)),
      HistogramRequest(tenant: EventCorpus.tenant, predicate: EventPredicate(severities: 1...24)),
      HistogramRequest(tenant: EventCorpus.tenant, predicate: EventPredicate(contains: Array("timeout".utf8))),
      HistogramRequest(tenant: EventCorpus.tenant, predicate: EventPredicate(traceID: EventCorpus.trace)),
      HistogramRequest(tenant: EventCorpus.tenant, service: EventCorpus.api, predicate: wide),
    ]
  }

  private static func events(_ request: HistogramRequest) -> [Event] {
    let filter = EventRequest(tenant: request.tenant, service: request.service, predicate: request.predicate)
    return EventCorpus.mixed.filter { $0.tenant == request.tenant }.flatMap(\.events)
      .filter { ReferenceEventQuery.fits($0, filter) }
  }

  private static func counts(_ events: [Event]) -> [String: Int] {
    Dictionary(grouping: events) { $0.severity.level?.rawValue ?? "UNSPECIFIED" }.mapValues(\.count)
  }
}
