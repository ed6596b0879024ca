import Domain
import Testing

@Suite("The lineage of flushes") struct FlushLineageTests {
  private static func id(_ number: UInt64) -> FlushID { FlushID(Identifier128(high: 1, low: number)) }

  private static func flush(
    _ number: UInt64, after parent: UInt64?, _ range: Range<UInt64>, epoch: UInt64 = 1, newest: Int64 = 0
  ) -> FlushRecord {
    FlushRecord(
      flush: id(number), parent: parent.map(id), partition: PartitionID(0),
      epoch: LogEpoch(Identifier128(high: 2, low: epoch)), range: range, partCount: 1, parts: [], windows: [],
      deadLetters: [], newestAppend: Timestamp(nanoseconds: newest))
  }

  private func way(
    from head: UInt64? = nil, epoch: UInt64? = nil, at watermark: UInt64 = 0, _ flushes: [FlushRecord]
  ) -> [UInt64] {
    let ways = (0..<4).map { _ in
      FlushLineage.farthest(
        from: head.map(Self.id), epoch: epoch.map { LogEpoch(Identifier128(high: 2, low: $0)) }, watermark: watermark,
        among: flushes.shuffled()
      ).map(\.flush.value.low)
    }
    #expect(Set(ways).count == 1, "the order in which flushes are found plays no part")
    return ways[0]
  }

  @Test("goes by parents, not by ranges")
  func parents() {
    let flushes = [
      Self.flush(1, after: nil, 0..<5), Self.flush(2, after: 1, 5..<9), Self.flush(3, after: 7, 9..<20),
      Self.flush(7, after: nil, 0..<9), Self.flush(4, after: 2, 9..<12),
    ]
    #expect(way(flushes) == [7, 3])
    #expect(way(from: 1, epoch: 1, at: 5, flushes) == [2, 4])
  }

  @Test("takes what reaches farthest, not what comes first")
  func farthest() {
    let flushes = [
      Self.flush(1, after: nil, 0..<50), Self.flush(2, after: nil, 0..<3), Self.flush(3, after: 2, 3..<40),
      Self.flush(4, after: 3, 40..<60),
    ]
    #expect(way(flushes) == [2, 3, 4])
  }

  @Test("breaks ties by the lower id")
  func ties() {
    #expect(way([Self.flush(9, after: nil, 0..<5), Self.flush(4, after: nil, 0..<5)]) == [4])
  }

  @Test("begins where the head ends, in its epoch")
  func beginning() {
    let flushes = [
      Self.flush(2, after: 1, 5..<9), Self.flush(3, after: 1, 6..<30), Self.flush(4, after: 1, 5..<40, epoch: 2),
    ]
    #expect(way(from: 1, epoch: 1, at: 5, flushes) == [2])
    #expect(way(from: 8, epoch: 1, at: 5, flushes) == [])
    #expect(way([]) == [])
  }

  @Test("does not cross from one epoch into another, nor over a gap")
  func epochs() {
    let flushes = [
      Self.flush(1, after: nil, 0..<5), Self.flush(2, after: 1, 5..<9, epoch: 2), Self.flush(3, after: 1, 6..<9),
    ]
    #expect(way(flushes) == [1])
  }

  @Test("before the first commit takes the epoch with the newest record")
  func newestEpoch() {
    let flushes = [
      Self.flush(1, after: nil, 0..<500, epoch: 1, newest: 10), Self.flush(2, after: nil, 0..<5, epoch: 2, newest: 20),
    ]
    #expect(way(flushes) == [2])
  }

  @Test("is found among very many")
  func many() {
    let flushes = (1...50_000).map { Self.flush($0, after: $0 == 1 ? nil : $0 - 1, ($0 - 1)..<$0) }
    #expect(way(flushes).count == 50_000)
  }
}
