import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkIsEmptyAtFirst(_ index: some ChunkIndex) async throws {
    #expect(try await index.generation() == nil)
    #expect(try await index.state(of: PartitionID(3)) == .empty)
    let found = try await index.chunks(in: PartitionID(3), tenant: Sample.tenant, service: nil, overlapping: .all)
    #expect(found == IndexedChunks(generation: nil, epoch: nil, watermark: 0, gaps: [], chunks: []))
    #expect(try await index.services(of: Sample.tenant).isEmpty)
    #expect(try await index.objects(in: PartitionID(3)).isEmpty)
  }

  func checkInitialisesOnce(_ index: some ChunkIndex) async throws {
    try await index.initialise(Lineage.generation)
    #expect(try await index.generation() == Lineage.generation)
    let other = Generation(Identifier128(high: 1, low: 1))
    for generation in [other, Lineage.generation] {
      do throws(ChunkIndexError) {
        try await index.initialise(generation)
        Issue.record("a second marker was taken")
      } catch {
        guard case .alreadyInitialised(let found) = error else {
          Issue.record("expected that it is initialised already, got \(error)")
          continue
        }
        #expect(found == Lineage.generation)
      }
    }
    #expect(try await index.generation() == Lineage.generation)
    let found = try await index.chunks(in: PartitionID(0), tenant: Sample.tenant, service: nil, overlapping: .all)
    #expect(found.generation == Lineage.generation)
  }

  func checkRefusesCommitWithoutGeneration(_ index: some ChunkIndex) async throws {
    var lineage = Lineage(partition: 0)
    let chunk = try Sample.chunk("api", 1...2)
    let commit = try await lineage.next(index) { [Sample.object($0, chunks: [chunk])] }
    let refusal = await refusal(of: commit, by: index)
    guard case .wrongGeneration(found: nil)? = refusal else {
      Issue.record("expected a refusal for want of a generation, got \(refusal.map { "\($0)" } ?? "a commit")")
      return
    }
    #expect(try await index.state(of: PartitionID(0)) == .empty)
    #expect(try await index.objects(in: PartitionID(0)).isEmpty)
  }

  func checkRefusesCommitOfAnotherGeneration(_ index: some ChunkIndex) async throws {
    var lineage = try await Lineage(initialising: index)
    let commit = try await lineage.next(index).with(generation: Generation(Identifier128(high: 7, low: 7)))
    let refusal = await refusal(of: commit, by: index)
    guard case .wrongGeneration(found: Lineage.generation)? = refusal else {
      Issue.record("expected a refusal naming the index's generation, got \(refusal.map { "\($0)" } ?? "a commit")")
      return
    }
    #expect(try await index.state(of: PartitionID(0)) == .empty)
  }
}
