@testable import Application
import Domain
import Testing

@Suite("What an owner and the index say") struct QueryPlannerTests {
  private let generation = Generation.first(random: Identifier128(high: 0, low: 1))
  private let epoch = LogEpoch(Identifier128(high: 0, low: 2))

  private func plan(isProvisional: Bool, _ generation: Generation?) throws -> (plan: QueryPlan, isSettled: Bool) {
    let record = Batches.record(["a"], stream: try Batches.stream(), producer: Batches.producer(1), sequence: 0)
    let answer = RecentAnswer(
      epoch: epoch, gaps: [], from: 0, end: 1, logEnd: 1,
      batches: [.init(offset: 0, events: try EventBatch(record))], isProvisional: isProvisional)
    let indexed = IndexedChunks(generation: generation, epoch: epoch, watermark: 0, gaps: [], chunks: [])
    return QueryPlanner.merge(.success(answer), indexed, of: PartitionID(0), in: .all)
  }

  @Test("are merged where they fit")
  func merged() throws {
    let (plan, isSettled) = try plan(isProvisional: false, generation)
    #expect(isSettled && plan.shortfalls.isEmpty && plan.batches.count == 1)
  }

  @Test("are not merged where the owner began without the index, which is there again: it may show repeats")
  func provisional() throws {
    let (plan, isSettled) = try plan(isProvisional: true, generation)
    #expect(!isSettled && plan.batches.isEmpty && plan.shortfalls.count == 1)
  }

  @Test("are shown together, incompletely, while the index is away")
  func away() throws {
    let (plan, _) = try plan(isProvisional: true, nil)
    #expect(plan.batches.count == 1 && plan.shortfalls == [.indexNotWhole])
  }
}
