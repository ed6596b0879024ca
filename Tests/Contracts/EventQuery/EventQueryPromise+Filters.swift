import Application
import Domain
import Testing

extension EventQueryPromise {
  /// Each filter by some requests, compared with the oracle; each request must find something and leave something out,
  /// or it would not tell a filter from none.
  func checkFilter(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    let everything = Self.expected(Self.everything).count
    for request in filterRequests {
      let expected = Self.expected(request)
      try #require(!expected.isEmpty && expected.count < everything)
      let items = try await Self.allPages(request, stage.door).flatMap { $0 }
      expectSame(items, expected[...])
    }
    for request in fruitlessRequests {
      let page = try await stage.door.events(request)
      expectSame(page.items, [])
      #expect(page.nextCursor == nil)
      #expect(page.isComplete)
    }
  }

  private var filterRequests: [EventRequest] {
    switch self {
    case .byService: [.of { $0.service = EventCorpus.api }, .of { $0.service = EventCorpus.web }]
    case .byLevel: Level.allCases.map { level in .of { $0.predicate.severities = level.severities } }
    case .atOrAboveALevel:
      Level.allCases.map { level in .of { $0.predicate.severities = level.severities.lowerBound...24 } }
    case .bySubstring:
      ["timeout", "Timeout", "in 12 m", "ü", "z"].map { text in .of { $0.predicate.contains = Array(text.utf8) } }
    case .byTime: Self.timeRanges.map { range in .of { $0.predicate.range = range } }
    case .byTrace: [.of { $0.predicate.traceID = EventCorpus.trace }]
    default:
      [
        .of {
          $0.service = EventCorpus.api
          $0.predicate.severities = Level.error.severities.lowerBound...24
          $0.predicate.contains = Array("timeout".utf8)
          $0.predicate.range = TimeRange(from: EventCorpus.noon, to: EventCorpus.noon.advanced(by: .seconds(14_400)))
          $0.limit = 2
        }
      ]
    }
  }

  private var fruitlessRequests: [EventRequest] {
    switch self {
    case .bySubstring: [.of { $0.predicate.contains = Array("TIMEOUT".utf8) }]
    case .byTime:
      [.of { $0.predicate.range = TimeRange(from: EventCorpus.noon, to: EventCorpus.noon) }]
    case .byTrace: [.of { $0.predicate.traceID = TraceID(Identifier128(high: 1, low: 1)) }]
    default: []
    }
  }

  /// Whole hours, where several events lie: at the start they count, at the end they do not.
  private static var timeRanges: [TimeRange] {
    let hours = (0...2).map { EventCorpus.noon.advanced(by: .seconds($0 * 3_600)) }
    return [
      TimeRange(from: hours[0], to: hours[1]), TimeRange(from: hours[1], to: hours[2]),
      TimeRange(from: hours[1], to: .distantFuture), TimeRange(from: .distantPast, to: hours[1]),
      TimeRange(from: hours[1], to: hours[1].advanced(by: .milliseconds(1))),
    ]
  }
}

extension EventRequest {
  /// A request for all of the tenant's events, changed.
  fileprivate static func of(_ change: (inout EventRequest) -> Void) -> EventRequest {
    var request = EventQueryPromise.everything
    change(&request)
    return request
  }
}
