import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("An owner whose index is lost", .timeLimit(.minutes(1))) struct LostIndexTests {
  private let pipeline = Pipeline()

  private func ingest(_ message: String, _ sequence: UInt64) async throws {
    _ = try await pipeline.ingest.ingest(
      Batches.submission(
        [message], stream: try Batches.stream(), producer: Batches.producer(1), sequence: sequence))
  }

  private func page() async throws -> EventPage {
    try await pipeline.query.events(EventRequest(tenant: try TenantID("acme")))
  }

  private func messages(_ page: EventPage) -> Set<String> {
    Set(page.events.map { String(decoding: $0.message, as: UTF8.self) })
  }

  /// Lets time pass until the answer is complete, or is not.
  private func waitUntil(complete: Bool) async throws -> EventPage {
    while true {
      let page = try await page()
      if page.report.isComplete == complete { return page }
      if pipeline.clock.sleepers > 0 { pipeline.clock.advance(by: .seconds(1)) }
      await Task.yield()
    }
  }

  /// The owner has noticed the new generation.
  private func waitUntilTakenOver() async throws {
    func isNoticed(_ event: TelemetryEvent) -> Bool {
      if case .flushFailed(_, let reason) = event { reason.contains("the index was rebuilt") } else { false }
    }
    while pipeline.telemetry.count(where: isNoticed) == 0 {
      if pipeline.clock.sleepers > 0 { pipeline.clock.advance(by: .seconds(1)) }
      await Task.yield()
    }
  }

  @Test("shows what is recent, incompletely, and flushes nothing; and goes on with a new generation by itself")
  func goesOn() async throws {
    let last = try await pipeline.running {
      try await ingest("a", 0)
      #expect(try await page().report.isComplete)
      await pipeline.index.forgetEverything()
      let lost = try await waitUntil(complete: false)
      #expect(messages(lost) == ["a"] && lost.report.shortfalls.contains(.indexNotWhole))
      try await ingest("b", 1)
      #expect(messages(try await waitUntil(complete: false)) == ["a", "b"])
      let generation = Generation(ordinal: 7, random: Identifier128(high: 0, low: 1))
      try await pipeline.index.beginRebuild(as: generation)
      try await pipeline.index.finishRebuild(as: generation)
      try await waitUntilTakenOver()
      return try await waitUntil(complete: true)
    }
    #expect(messages(last) == ["a", "b"])
    #expect(try await pipeline.index.state(of: PartitionID(0)).watermark == 2, "and flushes at the end")
    #expect(await pipeline.store.keys.count == 1, "no object was written in vain")
  }

  @Test("at its start shows what the log holds")
  func atStart() async throws {
    let other = Pipeline(log: pipeline.log, store: pipeline.store)
    try await other.index.beginRebuild(as: Generation(ordinal: 2, random: Identifier128(high: 0, low: 1)))
    try await ingest("a", 0)
    let run = Task { await other.processor.run() }
    var found: EventPage?
    while found?.events.isEmpty ?? true {
      found = try await other.query.events(EventRequest(tenant: try TenantID("acme")))
      await Task.yield()
    }
    #expect(found?.report.isComplete == false)
    let answer = try await other.processor.recent(
      in: PartitionID(0), tenant: try TenantID("acme"), service: nil, range: .all, patience: .zero)
    #expect(answer.isProvisional, "no whole index may be merged with it")
    run.cancel()
    await run.value
    #expect(await pipeline.store.keys.isEmpty)
  }

  @Test("that was set back further than the owner stands is read again from there")
  func setBack() async throws {
    try await pipeline.running { try await ingest("a", 0) }
    let earlier = await pipeline.index.contents
    let page = try await pipeline.running {
      try await ingest("b", 1)
      _ = try await self.page()
      await pipeline.index.restore(earlier)
      let generation = Generation(ordinal: 3, random: Identifier128(high: 0, low: 3))
      let snapshot = try await pipeline.index.snapshot(of: PartitionID(0))
      try await pipeline.index.beginRebuild(as: generation)
      try await pipeline.index.stage(
        PartitionSnapshot(
          partition: snapshot.partition, generation: generation, commits: 9, epoch: snapshot.epoch,
          watermark: snapshot.watermark, head: snapshot.head, windows: snapshot.windows, gaps: snapshot.gaps,
          objects: snapshot.objects, letters: snapshot.letters))
      try await pipeline.index.finishRebuild(as: generation)
      return try await waitUntil(complete: true)
    }
    #expect(messages(page) == ["a", "b"])
  }
}
