import Domain
import Testing

@Suite("counting rows")
struct EventCountTests {
  private static let noon = Timestamp(nanoseconds: 1_795_521_600_000_000_000)
  private static let minute = HistogramBuckets(noon...noon.advanced(by: .seconds(59)), atMost: 60)

  @Test("asks only for the columns that tell rows apart")
  func columns() {
    let (info, error): (UInt32, UInt32) = (1 << 9, 1 << 17)
    let second = Self.noon...Self.noon.advanced(by: .milliseconds(999))
    let two = Self.noon...Self.noon.advanced(by: .milliseconds(1_000))
    let any = EventCount(EventPredicate(), into: Self.minute)
    #expect(any.columns(of: second, severities: info) == [])
    #expect(any.columns(of: second, severities: info | 1 << 12) == [], "both are INFO")
    #expect(any.columns(of: second, severities: info | error) == [.severities])
    #expect(any.columns(of: second, severities: info | 1) == [.severities])
    #expect(any.columns(of: two, severities: info) == [.times])
    let errors = EventCount(EventPredicate(severities: Level.error.severities), into: Self.minute)
    #expect(errors.columns(of: second, severities: info) == nil)
    #expect(errors.columns(of: second, severities: error) == [])
    #expect(errors.columns(of: second, severities: error | info) == [.severities])
    let half = TimeRange(from: Self.noon, to: Self.noon.advanced(by: .milliseconds(500)))
    let early = EventCount(EventPredicate(range: half), into: Self.minute)
    #expect(early.columns(of: second, severities: info) == [.times])
    let late = Self.noon.advanced(by: .seconds(2))...Self.noon.advanced(by: .seconds(3))
    #expect(early.columns(of: late, severities: info) == nil)
    let text = EventCount(EventPredicate(contains: [1]), into: Self.minute)
    #expect(text.columns(of: second, severities: info) == [.messages])
    let trace = EventCount(EventPredicate(traceID: TraceID(Identifier128(high: 1, low: 1))), into: Self.minute)
    #expect(trace.columns(of: second, severities: info) == [.traces])
  }

  @Test("of a batch counts each event that fits once, in its bucket", arguments: 1...40 as ClosedRange<UInt64>)
  func bruteForce(_ seed: UInt64) throws {
    var random = RandomBatches(seed: seed)
    let batch = try EventBatch(random.record(service: "web", producer: 1, sequence: 2, count: 200))
    let events = try (0..<batch.count).map { try batch.event(at: $0) }
    let span = try #require(batch.timeSpan)
    let some = events[Int(seed) % events.count]
    var predicates = [EventPredicate(), EventPredicate(severities: 5...16), EventPredicate(traceID: some.traceID)]
    predicates.append(EventPredicate(contains: Array(some.message.prefix(2))))
    for predicate in predicates {
      var count = EventCount(predicate, into: HistogramBuckets(span, atMost: 50))
      count.add(batch)
      let histogram = count.histogram
      var expected = Histogram(histogram.buckets)
      for event in events where Self.fits(event, predicate) {
        expected.add(1, in: histogram.buckets.index(of: event.key.timestamp), severity: event.severity.number)
      }
      #expect(histogram == expected)
    }
  }

  private static func fits(_ event: Event, _ predicate: EventPredicate) -> Bool {
    predicate.severities.contains(event.severity.number)
      && (predicate.traceID == nil || event.traceID == predicate.traceID)
      && (predicate.contains.isEmpty
        || event.message.indices.contains { event.message[$0...].starts(with: predicate.contains) })
  }
}
