import Application
import Domain
import HealthContract
import InMemoryAdapter
import InProcessAdapter
import Serving
import Testing

@Suite("The health of a whole process", .timeLimit(.minutes(1)))
struct SystemHealthTests {
  private let clock = ScriptedClock()
  private let recents = InProcessRecentEvents()

  private func index(isWhole: Bool) async throws -> InMemoryChunkIndex {
    let index = InMemoryChunkIndex(clock: clock)
    if isWhole { try await index.initialise(Generation(Identifier128(high: 0, low: 1))) }
    return index
  }

  @Test("keeps the promises of its port", arguments: HealthPromise.allCases)
  func keeps(_ promise: HealthPromise) async throws {
    let health = SystemHealth(
      log: InMemoryEventLog(clock: clock), index: try await index(isWhole: true), recents: recents)
    let partition = PartitionID(0)
    _ = recents.register(FixedOwner(nil), for: partition)
    let stage = HealthStage(door: DirectHealthDoor(health)) { [recents] isMissing in
      _ = recents.register(FixedOwner(isMissing ? .noOwner(partition) : nil), for: partition)
    }
    try await promise.check(on: stage)
  }

  @Test("names each part that is missing")
  func names() async throws {
    let log = InMemoryEventLog(placements: [Placement(version: 0, partitions: 3, spread: 1)], clock: clock)
    _ = recents.register(FixedOwner(.stopped(PartitionID(1), reason: "epoch differs")), for: PartitionID(1))
    _ = recents.register(FixedOwner(.unavailable(reason: "the log is away")), for: PartitionID(2))
    let health = SystemHealth(log: log, index: try await index(isWhole: false), recents: recents)
    let problems = await health.problems()
    try #require(problems.count == 4, "\(problems)")
    #expect(problems[0].contains("generation"))
    #expect(problems[1] == "partition 0 has no owner yet")
    #expect(problems[2] == "partition 1 stopped: epoch differs")
    #expect(problems[3] == "partition 2: the log is away")
  }

  @Test("asks all partitions at once: an owner that is silent holds no other up")
  func atOnce() async throws {
    let log = InMemoryEventLog(placements: [Placement(version: 0, partitions: 2, spread: 1)], clock: clock)
    let signals = [AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self)]
    for number in 0..<2 {
      let owner = WaitingOwner(asked: signals[number].continuation, awaited: signals[1 - number].stream)
      _ = recents.register(owner, for: PartitionID(number))
    }
    let problems = await SystemHealth(log: log, index: try await index(isWhole: true), recents: recents).problems()
    #expect(problems.isEmpty)
  }

  @Test("says so when index and log do not answer")
  func away() async throws {
    let (log, index) = (InMemoryEventLog(clock: clock), try await index(isWhole: true))
    log.faults.failNext(1, .placements, with: .closed)
    index.faults.failNext(1, .generation, with: .unavailable(retryAfter: nil, reason: "the disk is gone"))
    let problems = await SystemHealth(log: log, index: index, recents: recents).problems()
    try #require(problems.count == 2, "\(problems)")
    #expect(problems[0].hasPrefix("the index does not answer"))
    #expect(problems[1].hasPrefix("the log does not answer"))
  }
}

/// An owner with nothing in hand that answers once another one was asked.
private struct WaitingOwner: RecentEventsSource {
  let asked: AsyncStream<Void>.Continuation
  let awaited: AsyncStream<Void>

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    asked.finish()
    for await _ in awaited {}
    return try await FixedOwner(nil).recent(
      in: partition, tenant: tenant, service: service, range: range, patience: patience)
  }
}

/// An owner with nothing in hand, or in trouble.
private struct FixedOwner: RecentEventsSource {
  private let trouble: RecentEventsError?

  init(_ trouble: RecentEventsError?) { self.trouble = trouble }

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    if let trouble { throw trouble }
    return RecentAnswer(
      epoch: LogEpoch(Identifier128(high: 0, low: 1)), gaps: [], from: 0, end: 0, logEnd: 0, batches: [])
  }
}
