@testable import Application
import Domain
import Testing

@Suite("the ledger of a partition's owner")
struct PartitionLedgerTests {
  @Test("takes a batch once, however often it is in the log")
  func dropsRepeats() throws {
    var ledger = Self.ledger()
    let record = Batches.record(["a"], stream: try Batches.stream(), producer: Batches.producer(1), sequence: 0)
    #expect(ledger.take(Self.logged(record, at: 0)) == .taken)
    #expect(ledger.take(Self.logged(record, at: 1)) == .duplicate)
    #expect(ledger.recentBatches.count == 1)
    #expect(ledger.position == 2)
  }

  @Test("sends another content under a known sequence to the dead letters, once")
  func conflict() throws {
    var ledger = Self.ledger()
    let stream = try Batches.stream()
    _ = ledger.take(
      Self.logged(Batches.record(["a"], stream: stream, producer: Batches.producer(1), sequence: 0), at: 0))
    let other = Batches.record(["b"], stream: stream, producer: Batches.producer(1), sequence: 0)
    #expect(ledger.take(Self.logged(other, at: 1)) == .refused)
    #expect(ledger.take(Self.logged(other, at: 2)) == .refused)
    let plannedFlush = ledger.beginFlush(FlushID(Identifier128(high: 1, low: 1)))
    let planned = try #require(plannedFlush)
    #expect(planned.letters.map(\.reason) == [.sequenceConflict])
    #expect(planned.letters.first?.flush == planned.id)
  }

  @Test("goes on behind a record that cannot be read")
  func undecodable() throws {
    var ledger = Self.ledger()
    #expect(ledger.take(Self.logged(EncodedRecord(bytes: [1, 2, 3]), at: 0)) == .refused)
    let next = Batches.record(["a"], stream: try Batches.stream(), producer: Batches.producer(1), sequence: 0)
    #expect(ledger.take(Self.logged(next, at: 1)) == .taken)
    let plannedFlush = ledger.beginFlush(FlushID(Identifier128(high: 1, low: 1)))
    let planned = try #require(plannedFlush)
    #expect(planned.letters.map(\.reason) == [.undecodable])
    #expect(planned.range == 0..<2)
  }

  @Test("a flush covers what was open, the next one what came since")
  func chain() throws {
    var ledger = Self.ledger()
    let stream = try Batches.stream()
    func take(_ sequence: UInt64) {
      let record = Batches.record(["\(sequence)"], stream: stream, producer: Batches.producer(1), sequence: sequence)
      _ = ledger.take(Self.logged(record, at: sequence))
    }
    take(0)
    take(1)
    let firstFlush = ledger.beginFlush(FlushID(Identifier128(high: 1, low: 1)))
    let first = try #require(firstFlush)
    take(2)
    #expect(first.range == 0..<2)
    #expect(first.parent == nil)
    #expect(ledger.recentBatches.map(\.offset) == [0, 1, 2])
    ledger.committed()
    #expect(ledger.watermark == 2)
    #expect(ledger.recentBatches.map(\.offset) == [2])
    let secondFlush = ledger.beginFlush(FlushID(Identifier128(high: 1, low: 2)))
    let second = try #require(secondFlush)
    #expect(second.parent == first.id)
    #expect(second.range == 2..<3)
    #expect(second.windows.flatMap(\.added).map(\.sequence) == [2])
    ledger.committed()
    #expect(ledger.beginFlush(FlushID(Identifier128(high: 1, low: 3))) == nil)
  }

  static func ledger(_ state: PartitionState = .empty) -> PartitionLedger {
    PartitionLedger(
      partition: PartitionID(0), generation: Generation(Identifier128(high: 0, low: 9)),
      epoch: LogEpoch(Identifier128(high: 0, low: 1)), state: state)
  }

  static func logged(_ record: EncodedRecord, at offset: UInt64, appended: Timestamp = Batches.start) -> LogRecord {
    LogRecord(offset: offset, appended: appended, record: record)
  }
}
