import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("counting events over time", .timeLimit(.minutes(1)))
struct HistogramTests {
  private let stream: StreamID
  private let pipeline = Pipeline()

  init() throws { stream = try Batches.stream() }

  @Test("of one level in one bucket reads nothing but the index")
  func descriptorsOnly() async throws {
    try await store(["a", "b", "c"])
    let answer = try await ask(HistogramRequest(tenant: stream.tenant, buckets: 1))
    #expect(answer.histogram?.total == 3)
    #expect(answer.histogram?.count(in: 0, of: .info) == 3)
    #expect(answer.report.bytesRead == 0)
    #expect(answer.report.objectsRead == 0)
    #expect(answer.report.objectsSkipped == 1)
    #expect(answer.report.isComplete)
  }

  @Test("of one level in many buckets reads the times alone; of a text the messages, too")
  func columnsOnly() async throws {
    try await store((0..<5_000).map { "message \($0) with some text that takes room" })
    let every = HistogramRequest(tenant: stream.tenant, buckets: 100)
    let times = try await ask(every)
    #expect(times.histogram?.total == 5_000)
    var text = every
    text.predicate.contains = Array("message 7".utf8)
    let messages = try await ask(text)
    #expect(messages.histogram?.total == 111)
    #expect(times.report.bytesRead > 0)
    #expect(times.report.bytesRead * 4 < messages.report.bytesRead)
  }

  @Test("of events that are not in objects yet counts these, too")
  func recentAndStored() async throws {
    try await store(["a", "b"])
    let answer = try await pipeline.running {
      try await send(["c", "d", "e"], producer: 2, at: Batches.start.advanced(by: .seconds(-600)))
      return try await pipeline.query.histogram(HistogramRequest(tenant: stream.tenant, buckets: 20))
    }
    let histogram = try #require(answer.histogram)
    #expect(histogram.count(in: 0, of: .info) == 3)
    #expect(histogram.count(in: histogram.buckets.count - 1, of: .info) == 2)
    #expect(answer.report.isComplete)
  }

  @Test("ends with what it has when the bytes are spent, newest first, and says from when on that is whole")
  func bytesSpent() async throws {
    for hour in 0..<4 {
      try await store(["x", "xy"], producer: UInt64(hour + 1), at: Batches.start.advanced(by: .seconds(-hour * 3_600)))
    }
    var budget = QueryBudget()
    budget.readBytes = 0
    let text = EventPredicate(contains: Array("x".utf8))
    let answer = try await ask(
      HistogramRequest(tenant: stream.tenant, predicate: text, buckets: HistogramRequest.maximumBuckets), budget)
    let histogram = try #require(answer.histogram)
    #expect(!answer.report.isComplete)
    let from = try #require(answer.countedFrom, "the bytes sufficed")
    #expect(from == Batches.start.advanced(by: .seconds(1 - 3_600)).advanced(by: .nanoseconds(1)))
    #expect(histogram.total == 2, "the newest chunk was counted, no other")
    #expect(histogram.count(in: histogram.buckets.index(of: Batches.start), of: .info) > 0)
    guard case .overBudget(_, let before)? = answer.report.shortfalls.first else {
      Issue.record("the report does not say that the budget was spent: \(answer.report.shortfalls)")
      return
    }
    #expect(before < from)
  }

  @Test("ends when its time is over")
  func timeSpent() async throws {
    try await store(["a", "b"])
    var budget = QueryBudget()
    budget.time = .nanoseconds(-1)
    let answer = try await ask(HistogramRequest(tenant: stream.tenant, buckets: 2), budget)
    #expect(answer.histogram?.total == 0)
    #expect(answer.countedFrom != nil)
    #expect(!answer.report.isComplete)
  }

  @Test("is whole with any budget where what is left takes no reading")
  func unreadRest() async throws {
    // A chunk that has to be read, and older ones within one bucket of a minute each.
    try await store(["a", "b"], at: Batches.start.advanced(by: .seconds(59)))
    for minute in 1...3 {
      try await store(
        ["c", "d"], producer: UInt64(minute + 1), at: Batches.start.advanced(by: .seconds(10 - minute * 60)))
    }
    var budget = QueryBudget()
    budget.readBytes = 0
    let answer = try await ask(HistogramRequest(tenant: stream.tenant, buckets: 5), budget)
    #expect(answer.histogram?.buckets.width == 60_000_000_000)
    #expect(answer.report.bytesRead > 0, "the newest chunk spent the bytes")
    #expect(answer.histogram?.total == 8)
    #expect(answer.report.isComplete)
    #expect(answer.countedFrom == nil)
  }

  @Test("goes on where an object is missing, and says so")
  func missingObject() async throws {
    for part in 0..<2 {
      try await store(["a", "b"], producer: UInt64(part + 1), at: Batches.start.advanced(by: .seconds(-part * 60)))
    }
    let victim = try #require(await pipeline.store.keys.first)
    try await pipeline.store.delete(victim)
    let answer = try await ask(HistogramRequest(tenant: stream.tenant, buckets: HistogramRequest.maximumBuckets))
    #expect(answer.histogram?.total == 2)
    #expect(answer.report.objectsFailed == 1)
    #expect(!answer.report.isComplete)
    #expect(answer.countedFrom == nil)
  }

  @Test("refuses too long a text")
  func longText() async throws {
    let predicate = EventPredicate(contains: [UInt8](repeating: 0x61, count: QueryBudget().needleBytes + 1))
    await #expect(throws: EventQueryError.self) {
      try await pipeline.query.histogram(HistogramRequest(tenant: stream.tenant, predicate: predicate))
    }
  }

  /// Puts events into an object.
  private func store(_ messages: [String], producer: UInt64 = 1, at first: Timestamp = Batches.start) async throws {
    try await pipeline.running {
      try await send(messages, producer: producer, at: first)
      // Answered once the processor has read it, so that its last flush writes it.
      _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
  }

  private func send(_ messages: [String], producer: UInt64, at first: Timestamp) async throws {
    _ = try await pipeline.ingest.ingest(
      Batches.submission(
        messages, stream: stream, producer: Batches.producer(producer), first: first, acceptsAnyAge: true))
  }

  private func ask(_ request: HistogramRequest, _ budget: QueryBudget = QueryBudget()) async throws -> EventHistogram {
    let query = QueryEvents(
      ports: QueryPorts(
        log: pipeline.log, recents: OneOwner(pipeline.processor), index: pipeline.index, store: pipeline.store,
        clock: pipeline.clock, telemetry: pipeline.telemetry),
      codecs: BlockCodecs([PlainCodec()]), budget: budget)
    return try await pipeline.running { try await query.histogram(request) }
  }
}
