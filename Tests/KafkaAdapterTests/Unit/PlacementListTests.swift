import Application
import Domain
import Testing

@testable import KafkaAdapter

@Suite("The list of placements")
struct PlacementListTests {
  @Test("takes the first of those that name one version, and passes over what is none")
  func first() {
    let list = Self.list([(0, 4, 1), (0, 8, 1), (2, 9, 1), (1, 6, 2), (1, 7, 1)])
    #expect(list.entries.map(\.placement.partitions) == [4, 6])
    #expect(list.next == 6)
  }

  @Test("uses a new placement only when every reader knows it")
  func delay() {
    let list = Self.list([(0, 4, 1), (1, 6, 2)])
    let written = Timestamp(nanoseconds: 1_000_000_000)
    #expect(list.placements(at: written, delay: .seconds(30)).map(\.version) == [0])
    #expect(list.placements(at: written.advanced(by: .seconds(30)), delay: .seconds(30)).map(\.version) == [0, 1])
    #expect(list.placements(at: written, delay: .zero).map(\.version) == [0, 1])
  }

  private static func list(_ records: [(version: UInt32, partitions: Int, spread: Int)]) -> PlacementList {
    var list = PlacementList()
    for (index, record) in records.enumerated() {
      let placement = Placement(version: record.version, partitions: record.partitions, spread: record.spread)
      list.apply(logged(placement.encoded, at: UInt64(index)))
    }
    list.apply(logged([1, 2, 3], at: UInt64(records.count)))
    return list
  }

  private static func logged(_ bytes: [UInt8], at offset: UInt64) -> LogRecord {
    LogRecord(offset: offset, appended: Timestamp(nanoseconds: 1_000_000_000), record: EncodedRecord(bytes: bytes))
  }
}
