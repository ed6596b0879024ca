import Application
import Domain
import Testing

extension ChunkIndexPromise {
  func checkKeepsEverythingWhenReopened<Index: ChunkIndex>(
    _ index: Index, _ reopening: @Sendable (Index) async throws -> Index
  ) async throws {
    var lineage = try await Lineage(initialising: index)
    for number in 0..<3 {
      let chunks = [try Sample.chunk("api", 1...2), try Sample.chunk("db", 3...4)]
      let change = Sample.change(try Sample.windowKey(1), [(UInt64(number) * 2, UInt32(number))])
      try await lineage.commit(to: index, windows: [change]) { [Sample.object($0, chunks: chunks)] }
    }
    let before = try await PartitionView(index)
    let again = try await reopening(index)
    #expect(try await again.generation() == Lineage.generation)
    #expect(try await PartitionView(again) == before)
    let letters: [DeadLetterID] = [.bytes(checksum: 3, count: 3), .bytes(checksum: 4, count: 3)]
    #expect(try await again.committedDeadLetters(among: letters) == [letters[0]])
    // The lineage goes on where it was.
    let commit = try await lineage.commit(to: again)
    #expect(try await again.state(of: lineage.partition).head == commit.flush)
  }
}
