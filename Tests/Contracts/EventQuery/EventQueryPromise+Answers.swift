import Application
import Domain
import Testing

extension EventQueryPromise {
  func checkTenants(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    for tenant in [EventCorpus.tenant, EventCorpus.otherTenant] {
      let request = EventRequest(tenant: tenant, limit: EventRequest.maximumLimit)
      let expected = Self.expected(request)
      try #require(!expected.isEmpty)
      expectSame(try await Self.allPages(request, stage.door).flatMap { $0 }, expected[...])
    }
  }

  func checkUnknownTenant(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    let page = try await stage.door.events(EventRequest(tenant: .default))
    #expect(page == EventQueryAnswer(items: [], nextCursor: nil, isComplete: true, reasons: 0))
    #expect(try await stage.door.services(of: .default) == [])
  }

  func checkServices(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed.filter { $0.tenant == EventCorpus.tenant || $0.service == EventCorpus.web })
    #expect(try await stage.door.services(of: EventCorpus.tenant) == ["api-service", "web"])
    #expect(try await stage.door.services(of: EventCorpus.otherTenant) == ["web"])
  }

  func checkContent(_ stage: some EventQueryStage) async throws {
    try await stage.load([EventCorpus.colourful])
    let items = try await Self.allPages(Self.everything, stage.door).flatMap { $0 }
    let expected = Self.expected(Self.everything, of: [EventCorpus.colourful])
    expectSame(items, expected[...])
  }

  func checkLimitRange(_ stage: some EventQueryStage) async throws {
    try await stage.load([EventCorpus.colourful])
    for limit in [0, -1, Int.min, EventRequest.maximumLimit + 1, Int.max] {
      var request = Self.everything
      request.limit = limit
      await #expect(throws: EventQueryRefusal.invalidRequest(field: "limit")) { try await stage.door.events(request) }
    }
  }

  func checkForeignCursor(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    var request = EventRequest(tenant: EventCorpus.tenant, service: EventCorpus.api, limit: 2)
    request.cursor = try await stage.door.events(request).nextCursor
    try #require(request.cursor != nil)
    let changes: [(inout EventRequest) -> Void] = [
      { $0.service = EventCorpus.web }, { $0.service = nil }, { $0.tenant = EventCorpus.otherTenant },
      { $0.predicate.severities = 17...20 }, { $0.predicate.contains = Array("timeout".utf8) },
      { $0.predicate.range = TimeRange(from: EventCorpus.noon, to: .distantFuture) },
      { $0.predicate.traceID = EventCorpus.trace },
    ]
    for change in changes {
      var other = request
      change(&other)
      await #expect(throws: EventQueryRefusal.invalidCursor) { try await stage.door.events(other) }
    }
  }

  func checkDamagedCursor(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    var request = Self.everything
    request.limit = 2
    let cursor = try #require(try await stage.door.events(request).nextCursor)
    for text in ["", "x", "null", String(cursor.dropLast(4)), String(repeating: "A", count: 10_000), "\u{0}", "🪵"] {
      request.cursor = text
      await #expect(throws: EventQueryRefusal.invalidCursor) { try await stage.door.events(request) }
    }
  }

  func checkCancellation(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    let door = stage.door
    let task = Task { () async -> Result<EventQueryAnswer, EventQueryRefusal> in
      // Asks once it is cancelled: no race with the answer.
      while !Task.isCancelled { await Task.yield() }
      do throws(EventQueryRefusal) { return .success(try await door.events(Self.everything)) } catch {
        return .failure(error)
      }
    }
    task.cancel()
    let outcome = await task.value
    #expect(throws: EventQueryRefusal.cancelled) { try outcome.get() }
    // And does not disturb the ones after it.
    expectSame(try await door.events(Self.everything).items, Self.expected(Self.everything)[...])
  }

  func checkComplete(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    let page = try await stage.door.events(Self.everything)
    #expect(page.isComplete)
    #expect(page.reasons == 0)
    let histogram = try await stage.door.histogram(HistogramRequest(tenant: EventCorpus.tenant))
    #expect(histogram.isComplete)
    #expect(histogram.reasons == 0)
  }

  func checkIncomplete(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    try await stage.breakSomething()
    let page = try await stage.door.events(Self.everything)
    #expect(!page.isComplete)
    #expect(page.reasons > 0, "an incomplete answer says why")
    let histogram = try await stage.door.histogram(HistogramRequest(tenant: EventCorpus.tenant))
    #expect(!histogram.isComplete)
    #expect(histogram.reasons > 0)
  }
}
