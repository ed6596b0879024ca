import Application
import Domain
import InMemoryAdapter
import Testing

/// What a partition's owner does when the log has lost what it has not committed (DESIGN section 4, rules 6 and 7).
@Suite("a partition whose log has lost something", .timeLimit(.minutes(1)))
struct PartitionGapTests {
  private static let partition = PartitionID(0)
  private let pipeline = Pipeline()

  @Test("goes on behind a gap, says so to queries that overlap it, and only to those")
  func trimmedByOthers() async throws {
    let stream = try Batches.stream()
    try await send(0..<2)
    try await settle()
    pipeline.clock.advance(by: .seconds(3_600))
    try await send(2..<5)
    await pipeline.log.lose(Self.partition, below: 4)
    let lostAt = pipeline.clock.now()
    let page = try await pipeline.running { try await pipeline.query.events(EventRequest(tenant: stream.tenant)) }
    #expect(messages(page) == ["4", "1", "0"])
    #expect(page.report.shortfalls == [.gap(Self.partition)])
    let state = try await pipeline.index.state(of: Self.partition)
    #expect(state.gaps == [Gap(epoch: try #require(state.epoch), from: 2, end: 4, times: Batches.start...lostAt)])
    #expect(state.watermark == 5)
    #expect(pipeline.snapshots.taken == [Self.partition])
    let told = pipeline.telemetry.count { if case .gapCommitted(Self.partition, 2, _) = $0 { true } else { false } }
    #expect(told == 1)
    var request = EventRequest(tenant: stream.tenant)
    request.predicate.range = TimeRange(from: .distantPast, to: Batches.start)
    let before = try await pipeline.running { [request] in try await pipeline.query.events(request) }
    #expect(before.report.isComplete)
    let gaps = pipeline.telemetry.count { if case .gapCommitted = $0 { true } else { false } }
    #expect(gaps == 1, "a gap is told once, not at every start")
  }

  @Test("flushes what is in hand before the gap, serves what is readable behind it")
  func damage() async throws {
    try await send(0..<3)
    try await pipeline.running {
      _ = try await pipeline.messages(EventRequest(tenant: .default))
      await pipeline.log.damage(Self.partition, 3..<5)
      try await send(3..<7)
      await wake { if case .gapCommitted = $0 { true } else { false } }
      // It has what lies behind the gap in hand, too, once it has answered.
      _ = try await pipeline.messages(EventRequest(tenant: .default))
    }
    let objects = try await pipeline.index.objects(in: Self.partition)
    #expect(objects.count == 2, "one of what was in hand, one of what came behind the gap")
    let state = try await pipeline.index.state(of: Self.partition)
    #expect(state.gaps.map { [$0.from, $0.end] } == [[3, 5]] && state.watermark == 7)
    let stream = try Batches.stream()
    let found = try await pipeline.running { try await pipeline.messages(EventRequest(tenant: stream.tenant)) }
    #expect(found == ["6", "5", "2", "1", "0"])
  }

  @Test("flushes what is in hand when the log cannot be read on, and reads none of it again")
  func failingReads() async throws {
    try await send(0..<3)
    try await pipeline.running {
      _ = try await pipeline.messages(EventRequest(tenant: .default))
      pipeline.log.faults.failNext(1, .read, with: .unavailable(retryAfter: .zero, reason: "Input/output error"))
      try await send(3..<5)
      await wake { if case .flushFailed = $0 { true } else { false } }
      #expect(try await pipeline.index.state(of: Self.partition).watermark >= 3)
    }
    #expect(try await pipeline.index.state(of: Self.partition).watermark == 5)
  }

  @Test("builds no flush on a gap before a snapshot holds it, not even after a crash")
  func snapshotFirst() async throws {
    try await send(0..<4)
    await pipeline.log.lose(Self.partition, below: 2)
    pipeline.snapshots.faults.failNext(3, .take, with: .unavailable(reason: "away"))
    try await pipeline.running {
      await wake { if case .gapCommitted = $0 { true } else { false } }
      await wake { if case .flushFailed = $0 { true } else { false } }
    }
    // That owner stopped, as in a crash, between gap and snapshot.
    let between = try await pipeline.index.state(of: Self.partition)
    #expect(between.watermark == 2 && between.gaps.count == 1)
    #expect(pipeline.snapshots.taken.isEmpty)
    #expect(try await pipeline.index.objects(in: Self.partition).isEmpty)
    let stream = try Batches.stream()
    let page = try await pipeline.running {
      while pipeline.snapshots.faults.remaining > 0 { await nudge() }
      while true {
        let page = try await pipeline.query.events(EventRequest(tenant: stream.tenant))
        if page.report.shortfalls == [.gap(Self.partition)] { return page }
        await nudge()
      }
    }
    #expect(messages(page) == ["3", "2"])
    #expect(pipeline.snapshots.taken == [Self.partition])
    #expect(try await pipeline.index.state(of: Self.partition).gaps.count == 1)
  }

  @Test("takes a gap whose answer was lost for committed")
  func answerLost() async throws {
    try await send(0..<4)
    await pipeline.log.lose(Self.partition, below: 2)
    pipeline.index.faults.failNext(1, .commitGap, .answerLost, with: .unavailable(retryAfter: nil, reason: "lost"))
    try await settle()
    let state = try await pipeline.index.state(of: Self.partition)
    #expect(state.gaps.count == 1 && state.watermark == 4)
  }

  @Test("stops where the log ends below what is committed, and keeps what is stored in answers")
  func setBack() async throws {
    let stream = try Batches.stream()
    try await send(0..<3)
    try await settle()
    let shorter = InMemoryEventLog(clock: pipeline.clock)
    let other = Pipeline(log: shorter, index: pipeline.index, store: pipeline.store)
    let page = try await other.running { try await other.query.events(EventRequest(tenant: stream.tenant)) }
    #expect(messages(page) == ["2", "1", "0"])
    let reasons = other.telemetry.events.compactMap { event in
      if case .partitionStopped(_, let reason) = event { reason } else { nil }
    }
    #expect(reasons.first?.contains("ends at 0") == true && reasons.first?.contains("index new-epoch") == true)
    #expect(!page.report.isComplete)
  }

  @Test("trims the log below what is committed, at each flush and at the start")
  func trims() async throws {
    try await send(0..<3)
    #expect(try await pipeline.log.bounds(of: Self.partition).start == 0)
    try await settle()
    #expect(try await pipeline.log.bounds(of: Self.partition).start == 3)
    try await send(3..<5)
    pipeline.log.faults.failNext(2, .trim, with: .unavailable(retryAfter: .zero, reason: "away"))
    try await settle()
    #expect(try await pipeline.log.bounds(of: Self.partition).start == 3, "a log that cannot be trimmed stops nothing")
    try await pipeline.running {}
    #expect(try await pipeline.log.bounds(of: Self.partition).start == 5)
  }

  // MARK: -

  /// One event a batch: its number is message and sequence.
  private func send(_ numbers: Range<Int>) async throws {
    let stream = try Batches.stream()
    for number in numbers {
      _ = try await pipeline.log.append(
        Batches.record(
          ["\(number)"], stream: stream, producer: Batches.producer(1), sequence: UInt64(number),
          firstSent: pipeline.clock.now(), first: pipeline.clock.now().advanced(by: .milliseconds(number))),
        to: Self.partition)
    }
  }

  /// Reads all there is and flushes it.
  private func settle() async throws {
    let stream = try Batches.stream()
    try await pipeline.running {
      while true {
        let page = try await pipeline.query.events(EventRequest(tenant: stream.tenant))
        if page.report.shortfalls.allSatisfy({ $0 == .gap(Self.partition) }) { return }
        await nudge()
      }
    }
  }

  private func messages(_ page: EventPage) -> [String] {
    page.events.map { String(decoding: $0.message, as: UTF8.self) }
  }

  private func wake(until isIt: @Sendable (TelemetryEvent) -> Bool) async {
    while pipeline.telemetry.count(where: isIt) == 0, !Task.isCancelled { await nudge() }
  }

  /// Wakes whoever waits for the clock.
  private func nudge() async {
    if pipeline.clock.sleepers > 0 { pipeline.clock.advance(by: .seconds(1)) }
    await Task.yield()
  }
}
