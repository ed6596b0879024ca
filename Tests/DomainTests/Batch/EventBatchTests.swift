import Domain
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
