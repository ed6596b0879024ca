import Application
import Domain
import InMemoryAdapter
import InProcessAdapter
import TestSupport
import Testing

/// A log that was deleted or replaced while index and objects are kept (DESIGN section 4, rule 7).
@Suite("a partition whose log was replaced", .timeLimit(.minutes(1)))
struct PartitionEpochTests {
  private static let partition = PartitionID(0)
  private let old = Pipeline()

  @Test("stands still, shows what is stored, and goes on without doubling anything once an operator says so")
  func newEpoch() async throws {
    let stream = try Batches.stream()
    try await append(0..<3, to: old.log)
    try await old.running { _ = try await old.messages(EventRequest(tenant: stream.tenant)) }
    old.clock.advance(by: .seconds(60))

    // Batch 2 is sent again since its ack was lost; 3 and 4 are new.
    let log = InMemoryEventLog(epoch: LogEpoch(Identifier128(high: 9, low: 9)), clock: old.clock)
    let new = Pipeline(log: log, index: old.index, store: old.store)
    try await append(2..<5, to: log)
    let operations = operations(new)
    try await new.running {
      let stopped = await new.telemetry.first { if case .partitionStopped = $0 { true } else { false } }
      guard case .partitionStopped(_, let reason) = stopped else { return }
      #expect(reason.contains("cordwood index new-epoch --partition 0"))
      let meanwhile = try await new.query.events(EventRequest(tenant: stream.tenant))
      #expect(messages(meanwhile) == ["2", "1", "0"] && !meanwhile.report.isComplete)

      let changes = try await operations.beginEpoch(of: nil)
      #expect(changes.map(\.watermark) == [3] && changes.map(\.begun) == [LogEpoch(Identifier128(high: 9, low: 9))])
      #expect(try await operations.beginEpoch(of: Self.partition).isEmpty, "it is done once")
      let page = try await caughtUp(new, EventRequest(tenant: stream.tenant))
      #expect(messages(page) == ["4", "3", "2", "1", "0"])
      var request = EventRequest(tenant: stream.tenant)
      request.predicate.range = TimeRange(from: .distantPast, to: Batches.start)
      #expect(try await new.query.events(request).report.isComplete, "the gap does not reach so far back")
    }
    let state = try await new.index.state(of: Self.partition)
    #expect(state.watermark == 3 && state.epoch == LogEpoch(Identifier128(high: 9, low: 9)))
    #expect(state.gaps.map { [$0.from, $0.end] } == [[3, .max]])
    #expect(new.snapshots.taken.first == Self.partition)
    let told = new.telemetry.count { if case .gapCommitted(Self.partition, nil, _) = $0 { true } else { false } }
    #expect(told == 1)
  }

  @Test("is not put into a new epoch by its own older copy, which lacks what is stored")
  func setBack() async throws {
    try await append(0..<3, to: old.log)
    let stream = try Batches.stream()
    try await old.running { _ = try await old.messages(EventRequest(tenant: stream.tenant)) }
    let shorter = Pipeline(log: InMemoryEventLog(clock: old.clock), index: old.index, store: old.store)
    await #expect {
      _ = try await operations(shorter).beginEpoch(of: nil)
    } throws: { error in
      guard case .rejected(let reason)? = error as? IndexOperationError else { return false }
      return reason.contains("ends at 0") && reason.contains("older copy")
    }
  }

  @Test("is named, if there is none of that number or no marker")
  func refusals() async throws {
    for (partition, part) in [(PartitionID(7), "partition 7"), (Self.partition, "index rebuild")] {
      await #expect {
        _ = try await operations(old).beginEpoch(of: partition)
      } throws: { error in
        guard case .rejected(let reason)? = error as? IndexOperationError else { return false }
        return reason.contains(part)
      }
    }
  }

  // MARK: -

  private func operations(_ pipeline: Pipeline) -> OperateIndex<PlainCodec> {
    OperateIndex(
      ports: IndexRecoveryPorts(
        log: pipeline.log, index: pipeline.index, store: pipeline.store, lease: InProcessLease(clock: pipeline.clock),
        clock: pipeline.clock, identifiers: SeededIdentifiers(seed: 77), telemetry: pipeline.telemetry),
      configuration: IndexRecoveryConfiguration(), codec: PlainCodec(), codecs: BlockCodecs([PlainCodec()]))
  }

  private func append(_ numbers: Range<UInt64>, to log: InMemoryEventLog) async throws {
    let stream = try Batches.stream()
    for number in numbers {
      let record = Batches.record(
        ["\(number)"], stream: stream, producer: Batches.producer(1), sequence: number, firstSent: Batches.start,
        first: Batches.start.advanced(by: .milliseconds(Int64(number))))
      _ = try await log.append(record, to: Self.partition)
    }
  }

  /// Asks until nothing but the gap is missing.
  private func caughtUp(_ pipeline: Pipeline, _ request: EventRequest) async throws -> EventPage {
    while true {
      let page = try await pipeline.query.events(request)
      if page.report.shortfalls == [.gap(Self.partition)] { return page }
      if pipeline.clock.sleepers > 0 { pipeline.clock.advance(by: .seconds(1)) }
      await Task.yield()
    }
  }

  private func messages(_ page: EventPage) -> [String] {
    page.events.map { String(decoding: $0.message, as: UTF8.self) }
  }
}
