import Domain
import Testing

@Suite("scanning rows and assembling pages")
struct EventScanTests {
  @Test("gives what a brute-force filter gives", arguments: 1...60 as ClosedRange<UInt64>)
  func bruteForce(_ seed: UInt64) throws {
    var random = RandomBatches(seed: seed)
    var generator = SeededGenerator(seed: seed + 1_000)
    let batch = try EventBatch(random.record(service: "web", producer: 1, sequence: 2, count: 80))
    let events = try (0..<batch.count).map { try batch.event(at: $0) }
    for _ in 0..<40 {
      let scan = Self.scan(&generator, events)
      let floor = generator.below(3) == 0 ? events[generator.below(events.count)].key : nil
      let expected = events.filter { event in
        Self.fits(event, scan) && (floor.map { event.key >= $0 } ?? true)
      }
      .map(\.key).sorted(by: >)
      let found = scan.rows(in: batch, floor: floor).map { batch.key(at: $0) }
      #expect(found == expected)
    }
  }

  @Test("a page of many sources is the newest of all", arguments: 1...40 as ClosedRange<UInt64>)
  func pages(_ seed: UInt64) throws {
    var random = RandomBatches(seed: seed)
    var generator = SeededGenerator(seed: seed)
    var sources = try (0..<6).map { number in
      let batch = try EventBatch(random.record(service: "web", producer: UInt64(number), sequence: 0, count: 25))
      return try (0..<batch.count).map { try batch.event(at: $0) }.sorted { $0.key > $1.key }
    }
    sources.shuffle(using: &generator)
    let limit = 1 + generator.below(200)
    var page = PageAssembler(limit: limit, maximumBytes: 1 << 30)
    for source in sources where source.first.map({ page.wants($0.key.timestamp) }) ?? false { page.offer(source) }
    #expect(page.events.map(\.key) == Array(sources.flatMap { $0 }.map(\.key).sorted(by: >).prefix(limit)))
  }

  private static func scan(_ random: inout SeededGenerator, _ events: [Event]) -> EventScan {
    let some = events[random.below(events.count)]
    var predicate = EventPredicate()
    if random.below(3) == 0 {
      let (a, b) = (some.key.timestamp, events[random.below(events.count)].key.timestamp)
      predicate.range = TimeRange(from: min(a, b), to: max(a, b))
    }
    if random.below(3) == 0 { predicate.severities = Level.allCases[random.below(6)].severities }
    if random.below(3) == 0 {
      let start = random.below(some.message.count + 1)
      predicate.contains = Array(some.message[start..<min(some.message.count, start + 2)])
    }
    if random.below(6) == 0 { predicate.traceID = some.traceID }
    return EventScan(predicate, below: random.below(3) == 0 ? some.key : nil)
  }

  private static func fits(_ event: Event, _ scan: EventScan) -> Bool {
    let predicate = scan.predicate
    return predicate.range.contains(event.key.timestamp) && predicate.severities.contains(event.severity.number)
      && holds(event.message, predicate.contains) && (predicate.traceID == nil || event.traceID == predicate.traceID)
      && (scan.below.map { event.key < $0 } ?? true)
  }

  private static func holds(_ message: [UInt8], _ needle: [UInt8]) -> Bool {
    needle.isEmpty || message.indices.contains { message[$0...].starts(with: needle) }
  }
}
