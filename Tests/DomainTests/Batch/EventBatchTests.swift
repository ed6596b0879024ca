@testable import Domain
import Testing

@Suite("records and batches")
struct EventBatchTests {
  @Test("everything comes back", arguments: 1...60 as ClosedRange<UInt64>)
  func roundTrip(_ seed: UInt64) throws {
    var batches = RandomBatches(seed: seed)
    let time = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    let columns = batches.columns(count: Int(seed) - 1, around: time)
    let header = BatchHeader(
      stream: StreamID(tenant: try TenantID("acme"), service: try ServiceName("web")),
      producer: ProducerID(Identifier128(high: 1, low: 2)), sequence: 77, digest: 99, placement: 3, firstSent: time,
      received: time.advanced(by: .seconds(1)), traceParent: "00-x-y-01")
    let batch = try EventBatch(EncodedRecord(header, columns))
    #expect(batch.header == header)
    #expect(batch.count == columns.count)
    #expect([UInt8](batch.bytes.span.extracting(batch.resourceRange)) == columns.resource)
    for row in 0..<batch.count {
      #expect(batch.timestamp(at: row).nanoseconds == columns.timestamps[row])
      #expect(batch.severityNumber(at: row) == columns.severities[row])
      #expect(Array(batch.severityText(at: row).utf8) == columns.severityTextTable[Int(columns.severityTexts[row])])
      #expect(batch.index(at: row) == columns.indexes[row])
      let start = row == 0 ? 0 : Int(columns.messageEnds[row - 1])
      #expect(
        [UInt8](batch.bytes.span.extracting(batch.messageRange(at: row)))
          == Array(columns.messages[start..<Int(columns.messageEnds[row])]))
      #expect(
        batch.traceID(at: row)?.value
          == (columns.traceIDs.isEmpty || columns.traceIDs[row].isZero ? nil : columns.traceIDs[row]))
      #expect(
        batch.spanID(at: row)?.value
          == (columns.spanIDs.isEmpty || columns.spanIDs[row] == 0 ? nil : columns.spanIDs[row]))
      let hasOriginal = columns.flags[row] & EventColumns.Flag.original != 0
      #expect(batch.originalTimestamp(at: row)?.nanoseconds == (hasOriginal ? columns.originals[row] : nil))
      _ = try batch.event(at: row)
    }
  }

  @Test("every truncation is refused")
  func truncations() throws {
    var batches = RandomBatches(seed: 3)
    let record = try batches.record(service: "web", producer: 1, sequence: 0, count: 7)
    for length in 0..<record.bytes.count {
      #expect(throws: DecodingError.self) { try EventBatch(EncodedRecord(bytes: Array(record.bytes[..<length]))) }
    }
  }

  @Test("every flipped bit is refused")
  func flippedBits() throws {
    var batches = RandomBatches(seed: 4)
    let record = try batches.record(service: "web", producer: 1, sequence: 0, count: 3)
    for offset in record.bytes.indices {
      var bytes = record.bytes
      bytes[offset] ^= 1 << UInt8(offset % 8)
      #expect(throws: DecodingError.self) { try EventBatch(EncodedRecord(bytes: bytes)) }
    }
  }

  @Test("wrong content under a right checksum never traps")
  func hostile() throws {
    var batches = RandomBatches(seed: 5)
    var random = SeededGenerator(seed: 6)
    let record = try batches.record(service: "web", producer: 1, sequence: 0, count: 5)
    for _ in 0..<20_000 {
      var bytes = record.bytes
      for _ in 0...random.below(3) {
        bytes[8 + random.below(bytes.count - 8)] = UInt8(truncatingIfNeeded: random.next())
      }
      guard let batch = try? EventBatch(EncodedRecord(sealing: bytes)) else { continue }
      for row in 0..<batch.count { _ = try? batch.event(at: row) }
    }
  }

  @Test("what passes as a record makes a chunk that can be read, whatever its content")
  func hostileRecordsInChunks() throws {
    var random = SeededGenerator(seed: 9)
    for seed in 0..<40 as Range<UInt64> {
      var batches = RandomBatches(seed: seed)
      let good = try EventBatch(batches.record(service: "web", producer: 2, sequence: 0, count: 4))
      let record = try batches.record(service: "web", producer: 1, sequence: 0, count: 5)
      for _ in 0..<100 {
        var bytes = record.bytes
        for _ in 0...random.below(3) {
          bytes[8 + random.below(bytes.count - 8)] = [0, 1, 2, 3, 7, 255][random.below(6)]
        }
        guard let batch = try? EventBatch(EncodedRecord(sealing: bytes)),
          batch.header.stream == good.header.stream
        else { continue }
        try Self.expectReadable([good, batch])
      }
    }
  }

  @Test("flags without their column, and indexes that do not ascend, are refused")
  func inconsistentColumns() throws {
    var columns = EventColumns()
    for index in [1, 2] as [UInt32] {
      columns.endEvent(
        timestamp: .epoch, severity: .info, severityText: [UInt8]().span, message: [UInt8]().span, traceID: nil,
        spanID: nil, index: index)
    }
    let header = BatchHeader(
      stream: StreamID(tenant: .default, service: try ServiceName("web")),
      producer: ProducerID(Identifier128(high: 1, low: 2)), sequence: 0, digest: 0, firstSent: .epoch, received: .epoch)
    let record = EncodedRecord(header, columns)
    // The last ten bytes: two flags, two indexes.
    for (fromEnd, byte) in [(10, UInt8(1)), (9, 8), (4, 1)] {
      var bytes = record.bytes
      bytes[bytes.count - fromEnd] = byte
      #expect(throws: DecodingError.self) { try EventBatch(EncodedRecord(sealing: bytes)) }
    }
    _ = try EventBatch(EncodedRecord(sealing: record.bytes))
  }

  /// All rows can be told apart and found, though attributes of single ones may be beyond reading.
  private static func expectReadable(_ batches: [EventBatch]) throws {
    let rows = RowOrdering.rowsByBucket(of: batches, width: TimeBucket.defaultWidth)
    for (_, references) in rows {
      let chunk = ChunkWriter(codec: RunLengthCodec()).encode(references, of: batches)
      let directory = try ChunkDirectory(chunk.bytes.span.extracting(chunk.directoryRange))
      var keys: [OrderKey] = []
      for group in directory.groups {
        let reader = try RowGroupReader(
          group, of: directory, service: chunk.stream.service,
          bytes: [UInt8](chunk.bytes.span.extracting(group.byteRange)), codec: RunLengthCodec())
        for row in 0..<reader.rowCount {
          keys.append(reader.key(at: row))
          _ = reader.traceID(at: row)
          _ = try? reader.event(at: row)
        }
      }
      let expected = references.map { batches[Int($0.batch)].key(at: Int($0.row)) }
      #expect(keys == expected)
    }
  }

  @Test("a record of a newer version is intact for a log, a changed one is not")
  func intact() throws {
    var batches = RandomBatches(seed: 7)
    let record = try batches.record(service: "web", producer: 1, sequence: 0, count: 1).bytes
    func isIntact(_ position: Int?, _ value: UInt8 = 0xff) -> Bool {
      var bytes = record
      if let position { bytes[position] = value }
      return EncodedRecord(bytes: bytes).isIntact
    }
    #expect(isIntact(nil))
    #expect(isIntact(3, EncodedRecord.version + 1))
    for position in [0, 2, 4, 8, record.count - 1] { #expect(!isIntact(position, record[position] ^ 0xff)) }
    #expect(!EncodedRecord(bytes: Array(record.prefix(7))).isIntact)
  }

  @Test("a newer version is refused by its number")
  func newerVersion() throws {
    var batches = RandomBatches(seed: 7)
    var bytes = try batches.record(service: "web", producer: 1, sequence: 0, count: 1).bytes
    bytes[3] = 2
    let error = #expect(throws: DecodingError.self) { try EventBatch(EncodedRecord(bytes: bytes)) }
    #expect(error?.kind == .unsupportedVersion)
    #expect(error?.reason.contains("version 2") == true)
  }

  @Test("attributes of a dropped event are forgotten")
  func droppedEvent() throws {
    var columns = EventColumns()
    columns.appendAttribute(key: [0x61].span, int: 1)
    columns.dropEvent()
    columns.endEvent(
      timestamp: .epoch, severity: .info, severityText: [UInt8]().span, message: [UInt8]().span, traceID: nil,
      spanID: nil, index: 1)
    #expect(columns.attributes.isEmpty)
    #expect(columns.indexes == [1])
  }
}
