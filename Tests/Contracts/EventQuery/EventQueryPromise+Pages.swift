import Application
import Domain
import Testing

extension EventQueryPromise {
  func checkOrder(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    let items = try await Self.allPages(Self.everything, stage.door).flatMap { $0 }
    expectSame(items, Self.expected(Self.everything)[...])
  }

  func checkLimit(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    var request = Self.everything
    request.limit = 10
    let page = try await stage.door.events(request)
    expectSame(page.items, Self.expected(request).prefix(10))
    #expect(page.nextCursor != nil, "there is more, so there must be a cursor")
    request.limit = 1
    expectSame(try await stage.door.events(request).items, Self.expected(request).prefix(1))
  }

  func checkPages(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    for limit in [7, 50, EventRequest.maximumLimit] {
      var request = Self.everything
      request.limit = limit
      let pages = try await Self.allPages(request, stage.door)
      expectSame(pages.flatMap { $0 }, Self.expected(request)[...])
      #expect(pages.allSatisfy { $0.count <= limit })
    }
    // At one time order keys differ in service, producer, sequence and index only.
    var shared = Self.everything
    shared.limit = 3
    shared.predicate.range = TimeRange(
      from: EventCorpus.noon, to: EventCorpus.noon.advanced(by: .milliseconds(1)))
    let items = try await Self.allPages(shared, stage.door).flatMap { $0 }
    expectSame(items, Self.expected(shared)[...])
    #expect(items.count > 6, "the data set must have equal times for this to mean anything")
  }

  func checkRepeatedPage(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    var request = Self.everything
    request.limit = 20
    request.cursor = try await stage.door.events(request).nextCursor
    try #require(request.cursor != nil)
    let second = try await stage.door.events(request).items
    expectSame(second, Self.expected(request).dropFirst(20).prefix(20))
    expectSame(try await stage.door.events(request).items, second[...])
  }

  func checkChangedLimit(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    var request = Self.everything
    request.limit = 5
    request.cursor = try await stage.door.events(request).nextCursor
    try #require(request.cursor != nil)
    request.limit = 30
    expectSame(try await stage.door.events(request).items, Self.expected(request).dropFirst(5).prefix(30))
  }

  func checkArrivals(_ stage: some EventQueryStage) async throws {
    // Those that come later lie before, between and behind the first ones.
    let early = EventCorpus.mixed.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let late = EventCorpus.mixed.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    try await stage.load(early)
    var request = Self.everything
    request.limit = 25
    let first = try await stage.door.events(request)
    try await stage.load(late)
    request.cursor = first.nextCursor
    try #require(request.cursor != nil)
    let rest = try await Self.allPages(request, stage.door).flatMap { $0 }
    let seen = first.items + rest
    let distinct = Set(seen.map(\.orderKey)).count
    #expect(distinct == seen.count, "no event comes twice")
    let missing = Set(Self.expected(request, of: early)).subtracting(seen).count
    #expect(missing == 0, "what was there when the first page was read comes")
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.timestamp >= $1.timestamp }, "newest first across pages")
  }

  func checkConcurrency(_ stage: some EventQueryStage) async throws {
    try await stage.load(EventCorpus.mixed)
    let door = stage.door
    let requests = [EventCorpus.tenant, EventCorpus.otherTenant].flatMap { tenant in
      [EventCorpus.api, EventCorpus.web].flatMap { service in
        [1, 10, 1_000].map { EventRequest(tenant: tenant, service: service, limit: $0) }
      }
    }
    let answers = await withTaskGroup { group in
      for request in requests + requests {
        group.addTask { () async -> (EventRequest, Result<EventQueryAnswer, EventQueryRefusal>) in
          do throws(EventQueryRefusal) { return (request, .success(try await door.events(request))) } catch {
            return (request, .failure(error))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for (request, answer) in answers {
      expectSame(try answer.get().items, Self.expected(request).prefix(request.limit))
    }
  }
}
