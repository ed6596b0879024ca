import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("The index in memory") struct InMemoryChunkIndexTests {
  private let index = InMemoryChunkIndex(clock: ScriptedClock(at: .epoch))
  private let generation = Generation(Identifier128(high: 1, low: 1))

  @Test("can be lost, and set back to what it was")
  func canBeLostAndSetBack() async throws {
    try await index.initialise(generation)
    let earlier = await index.contents
    try await index.commit(flush(1))
    await index.forgetEverything()
    #expect(try await index.generation() == nil)
    #expect(try await index.state(of: PartitionID(0)) == .empty)
    await index.restore(earlier)
    #expect(try await index.generation() == generation)
    #expect(try await index.state(of: PartitionID(0)).head == nil)
  }

  @Test("keeps the dead letters of committed flushes")
  func keepsDeadLetters() async throws {
    try await index.initialise(generation)
    try await index.commit(flush(1))
    #expect(await index.deadLetters(in: PartitionID(0)) == [.bytes(checksum: 7, count: 3)])
  }

  private func flush(_ number: UInt64) -> FlushCommit {
    FlushCommit(
      partition: PartitionID(0), generation: generation, flush: FlushID(Identifier128(high: 0, low: number)),
      parent: nil, epoch: LogEpoch(Identifier128(high: 9, low: 9)), range: 0..<10, objects: [], windows: [],
      deadLetters: [.bytes(checksum: 7, count: 3)], begun: .epoch, newestAppend: .epoch)
  }
}
