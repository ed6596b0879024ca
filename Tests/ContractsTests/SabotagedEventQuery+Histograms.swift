import Application
import Domain
import EventQueryContract

extension SabotagedEventQuery {
  func histogram(_ request: HistogramRequest) async throws(EventQueryError) -> EventHistogram {
    var request = request
    switch fault {
    case .countsAFilterLess: request.predicate.contains = []
    case .asManyBucketsAsItLikes: request.buckets = 60
    case .clampsTheBuckets: request.buckets = min(max(request.buckets, 1), HistogramRequest.maximumBuckets)
    case .bucketsOnlyWhereEventsAre: request.predicate.range = .all
    default: break
    }
    let answer = try await query.histogram(request)
    var histogram = answer.histogram
    var report = answer.report
    switch fault {
    case .countsOfAllLevels: histogram = histogram.map(withoutLevels)
    case .inventsACount: histogram?.add(1, in: 0, severity: 9)
    case .alwaysIncomplete: report.shortfalls.append(.indexNotWhole)
    case .alwaysComplete: report.shortfalls = []
    default: break
    }
    return EventHistogram(histogram: histogram, countedFrom: answer.countedFrom, report: report)
  }

  private func withoutLevels(_ histogram: Histogram) -> Histogram {
    var flat = Histogram(histogram.buckets)
    for bucket in 0..<histogram.buckets.count {
      for level in [nil] + Level.allCases { flat.add(histogram.count(in: bucket, of: level), in: bucket, severity: 9) }
    }
    return flat
  }
}
