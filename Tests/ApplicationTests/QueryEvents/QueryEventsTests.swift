import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("finding events", .timeLimit(.minutes(1)))
struct QueryEventsTests {
  @Test("pages give each event once, newest first, also at equal times and across a flush")
  func pagesAcrossFlush() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let all = (0..<30).map { "event \($0)" }
    // Three batches at the very same times: only the rest of the order key tells their events apart.
    @Sendable func send() async throws {
      for part in 0..<3 {
        _ = try await pipeline.ingest.ingest(
          Batches.submission(
            Array(all[(part * 10)..<(part * 10 + 10)]), stream: stream, producer: Batches.producer(UInt64(part))))
      }
    }
    var request = EventRequest(tenant: stream.tenant, limit: 7)
    var seen: [Event] = []
    // Each page with the processor started anew: what was recent for one page is in an object for the next.
    try await pipeline.running { try await send() }
    repeat {
      let page = try await pipeline.running { [request] in try await pipeline.query.events(request) }
      #expect(page.report.isComplete)
      seen += page.events
      request.cursor = page.nextCursor
    } while request.cursor != nil
    #expect(seen.map { String(decoding: $0.message, as: UTF8.self) }.sorted() == all.sorted())
    #expect(seen.map(\.key) == seen.map(\.key).sorted(by: >))
  }

  @Test("a cursor of a page of recent events goes on in objects")
  func cursorAcrossFlush() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    var request = EventRequest(tenant: stream.tenant, limit: 4)
    let first = try await pipeline.running { [request] in
      _ = try await pipeline.ingest.ingest(
        Batches.submission((0..<10).map { "\($0)" }, stream: stream, producer: Batches.producer(1)))
      return try await pipeline.query.events(request)
    }
    #expect(first.report.objectsPlanned == 0)
    request.cursor = first.nextCursor
    request.limit = 100
    let rest = try await pipeline.running { [request] in try await pipeline.query.events(request) }
    #expect(rest.report.objectsPlanned == 1)
    #expect(
      (first.events + rest.events).map { String(decoding: $0.message, as: UTF8.self) }
        == (0..<10).reversed().map { "\($0)" })
  }

  @Test("an event that cannot be read hides no other, and the answer is not complete", arguments: [1, 2, 10])
  func unreadableEvent(_ limit: Int) async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    var columns = Batches.columns(["a", "b"])
    columns.appendAttributes(encoded: [0xff].span)
    columns.endEvent(
      timestamp: Batches.start.advanced(by: .seconds(2)), severity: .info, severityText: [UInt8]().span,
      message: Array("c".utf8).span, traceID: nil, spanID: nil, index: 2)
    let header = BatchHeader(
      stream: stream, producer: Batches.producer(1), sequence: 0, digest: 0, firstSent: Batches.start,
      received: Batches.start)
    _ = try await pipeline.log.append(EncodedRecord(header, columns), to: PartitionID(0))
    for _ in ["recent", "stored"] {
      var request = EventRequest(tenant: stream.tenant, limit: limit)
      var seen: [String] = []
      repeat {
        let page = try await pipeline.running { [request] in try await pipeline.query.events(request) }
        #expect(!page.report.isComplete || page.events.allSatisfy { $0.message != Array("b".utf8) })
        seen += page.events.map { String(decoding: $0.message, as: UTF8.self) }
        request.cursor = page.nextCursor
      } while request.cursor != nil
      #expect(seen == ["b", "a"])
    }
  }

  @Test("chunks are read part by part where they may not be kept, with the same answer")
  func nothingKept() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    try await pipeline.running {
      _ = try await pipeline.ingest.ingest(
        Batches.submission((0..<10).map { "\($0)" }, stream: stream, producer: Batches.producer(1)))
      // Answered once the processor has read it, so that its last flush writes it.
      _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
    var budget = QueryBudget()
    budget.openBytes = 0
    let query = QueryEvents(
      ports: QueryPorts(
        log: pipeline.log, recents: OneOwner(pipeline.processor), index: pipeline.index, store: pipeline.store,
        clock: pipeline.clock, telemetry: pipeline.telemetry),
      codecs: BlockCodecs([PlainCodec()]), budget: budget)
    let request = EventRequest(tenant: stream.tenant)
    let (kept, parts) = try await pipeline.running {
      (try await pipeline.query.events(request), try await query.events(request))
    }
    #expect(parts.events == kept.events)
    #expect(parts.events.count == 10)
    #expect(parts.report.bytesRead > kept.report.bytesRead)
  }

  @Test("a cursor of another query, and one that is none, are refused")
  func foreignCursor() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let page = try await pipeline.running {
      _ = try await pipeline.ingest.ingest(
        Batches.submission(["a", "b"], stream: stream, producer: Batches.producer(1)))
      return try await pipeline.query.events(EventRequest(tenant: stream.tenant, limit: 1))
    }
    let cursor = try #require(page.nextCursor)
    let other = EventRequest(tenant: stream.tenant, predicate: EventPredicate(contains: [1]), cursor: cursor)
    await #expect(throws: EventQueryError.self) { try await pipeline.query.events(other) }
    let none = EventRequest(tenant: stream.tenant, cursor: "rubbish")
    await #expect(throws: EventQueryError.self) { try await pipeline.query.events(none) }
  }

  @Test("a missing object makes the answer incomplete, and the rest is served")
  func missingObject() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    for part in 0..<2 {
      try await pipeline.running {
        _ = try await pipeline.ingest.ingest(
          Batches.submission(["\(part)"], stream: stream, producer: Batches.producer(UInt64(part))))
        _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
      }
    }
    let victim = try #require(await pipeline.store.keys.first)
    try await pipeline.store.delete(victim)
    let page = try await pipeline.running { try await pipeline.query.events(EventRequest(tenant: stream.tenant)) }
    #expect(page.events.count == 1)
    #expect(!page.report.isComplete)
    #expect(page.report.objectsFailed == 1)
    #expect(page.report.shortfalls.contains { if case .objectFailed(victim, _) = $0 { true } else { false } })
  }

  @Test("a page ends early, with a cursor, when its events are large")
  func pageBytes() throws {
    let stream = try Batches.stream()
    var page = PageAssembler(limit: 100, maximumBytes: 10_000)
    let batch = try EventBatch(
      Batches.record(
        (0..<10).map { _ in String(repeating: "x", count: 3_000) }, stream: stream, producer: Batches.producer(1),
        sequence: 0))
    page.offer(try (0..<10).reversed().map { try batch.event(at: $0) })
    #expect(page.events.count == 2)
    #expect(page.hasDropped)
    #expect(page.floor == page.events.last?.key)
  }

  @Test("what a partition's owner says is dropped below the index's watermark")
  func noEventTwice() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let messages = try await pipeline.running {
      for sequence in 0..<5 {
        _ = try await pipeline.ingest.ingest(
          Batches.submission(
            ["\(sequence)"], stream: stream, producer: Batches.producer(1), sequence: UInt64(sequence),
            first: Batches.start.advanced(by: .seconds(sequence))))
      }
      return try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
    #expect(messages == ["4", "3", "2", "1", "0"])
  }

  @Test("a partition that moves is asked again after a pause, and the answer is then complete")
  func movingPartition() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let moving = MovingOwner(pipeline.processor)
    let query = QueryEvents(
      ports: QueryPorts(
        log: pipeline.log, recents: moving, index: pipeline.index, store: pipeline.store, clock: pipeline.clock,
        telemetry: pipeline.telemetry),
      codecs: BlockCodecs([PlainCodec()]))
    let page = try await pipeline.running {
      async let page = query.events(EventRequest(tenant: stream.tenant))
      await pipeline.clock.waitForSleepers()
      await moving.arrive()
      pipeline.clock.advance(by: QueryBudget().pause)
      return try await page
    }
    #expect(page.report.isComplete)
  }

  @Test("a partition that moves for longer is asked five times, within a second", arguments: 1...5)
  func longMove(refusals: Int) async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let query = QueryEvents(
      ports: QueryPorts(
        log: pipeline.log, recents: MovingOwner(pipeline.processor, refusing: refusals), index: pipeline.index,
        store: pipeline.store, clock: pipeline.clock, telemetry: pipeline.telemetry),
      codecs: BlockCodecs([PlainCodec()]))
    let begun = pipeline.clock.elapsed()
    let page = try await pipeline.running {
      let ticking = Task {
        while !Task.isCancelled {
          await pipeline.clock.waitForSleepers()
          pipeline.clock.advance(by: .milliseconds(10))
          await Task.yield()
        }
      }
      defer { ticking.cancel() }
      return try await query.events(EventRequest(tenant: stream.tenant))
    }
    #expect(page.report.isComplete == (refusals < 5))
    #expect(pipeline.clock.elapsed() - begun >= QueryBudget().pause * ((1 << min(refusals, 4)) - 1))
  }

  @Test("services are those of objects and of recent events")
  func services() async throws {
    let pipeline = Pipeline()
    let services = try await pipeline.running {
      for service in ["b", "a"] {
        _ = try await pipeline.ingest.ingest(
          Batches.submission(["x"], stream: try Batches.stream("acme", service), producer: Batches.producer(1)))
      }
      _ = try await pipeline.messages(EventRequest(tenant: TenantID("acme")))
      return try await pipeline.query.services(of: TenantID("acme"))
    }
    #expect(services.services.map(\.text) == ["a", "b"])
    #expect(services.isComplete)
    await pipeline.index.forgetEverything()
    let lost = try await pipeline.query.services(of: TenantID("acme"))
    #expect(lost.services.isEmpty && lost.shortfalls.contains(.indexNotWhole), "a list that may lack some says so")
  }
}
