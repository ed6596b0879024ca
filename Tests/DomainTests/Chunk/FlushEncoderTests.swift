import Domain
import TestSupport
import Testing

@Suite("objects of a flush")
struct FlushEncoderTests {
  @Test("hold every event of its batches once, in order, and say where", arguments: 1...30 as ClosedRange<UInt64>)
  func roundTrip(_ seed: UInt64) throws {
    let flush = try Self.flush(seed: seed)
    let objects = Self.objects(of: flush)
    var found: [StreamID: [Event]] = [:]
    for object in objects {
      let footer = try ObjectFormat.footer(of: object.bytes)
      #expect(footer.chunks == object.descriptor.chunks)
      let isFirst = object.descriptor.key == objects[0].descriptor.key
      #expect(footer.record.partCount == objects.count)
      #expect(footer.record.parts == (isFirst ? objects : [objects[0]]).map(\.descriptor.key))
      #expect(footer.record.range == flush.range)
      #expect(footer.record.windows == (isFirst ? flush.windows : []))
      #expect(footer.record.deadLetters == (isFirst ? flush.deadLetters : []))
      #expect(object.descriptor.size == object.bytes.count)
      for chunk in footer.chunks {
        let events = try Self.events(of: chunk, in: object.bytes)
        #expect(events.count == chunk.eventCount)
        #expect(events.map(\.key) == events.map(\.key).sorted())
        #expect(events.allSatisfy { TimeBucket(containing: $0.key.timestamp) == chunk.bucket })
        #expect(events.map(\.key.timestamp).min() == chunk.timeSpan.lowerBound)
        #expect(events.map(\.key.timestamp).max() == chunk.timeSpan.upperBound)
        found[chunk.stream, default: []] += events
      }
    }
    var expected: [StreamID: [Event]] = [:]
    for batch in flush.batches {
      for row in 0..<batch.count { expected[batch.header.stream, default: []].append(try batch.event(at: row)) }
    }
    for stream in expected.keys {
      #expect(found[stream]?.sorted { $0.key < $1.key } == expected[stream]?.sorted { $0.key < $1.key })
    }
    #expect(found.count == expected.filter { !$0.value.isEmpty }.count)
  }

  @Test("the same flush gives the same bytes")
  func deterministic() throws {
    let (a, b) = (Self.objects(of: try Self.flush(seed: 3)), Self.objects(of: try Self.flush(seed: 3)))
    #expect(a.map(\.bytes) == b.map(\.bytes))
    #expect(a.map(\.descriptor) == b.map(\.descriptor))
  }

  @Test("a flush without events is one object without chunks")
  func empty() throws {
    let flush = FlushEncoder<RunLengthCodec, PlainDigest>.Flush(
      flush: FlushID(Identifier128(high: 1, low: 1)), parent: FlushID(Identifier128(high: 1, low: 0)),
      partition: PartitionID(4), epoch: LogEpoch(Identifier128(high: 2, low: 2)), range: 10..<12, batches: [],
      windows: [], deadLetters: [.bytes(checksum: 5, count: 6)], newestAppend: .epoch)
    let objects = Self.objects(of: flush)
    #expect(objects.count == 1)
    #expect(objects[0].descriptor.chunks.isEmpty)
    #expect(objects[0].descriptor.key.text.hasPrefix("prefix/_system/1970/01/01/00/"))
    #expect(try ObjectFormat.footer(of: objects[0].bytes).record.deadLetters == flush.deadLetters)
  }

  @Test("damage is found: no cut and no flipped bit reads as something else")
  func damage() throws {
    var random = SeededGenerator(seed: 8)
    let flush = try Self.flush(seed: 2)
    for object in Self.objects(of: flush) {
      let whole = try Self.all(object.bytes)
      for _ in 0..<400 {
        var bytes = object.bytes
        bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        // What lies outside footer and blocks (the header's spare bytes) may change unseen; events may not.
        guard let events = try? Self.all(bytes) else { continue }
        #expect(events == whole)
      }
      for _ in 0..<100 {
        let cut = random.below(object.bytes.count)
        #expect(throws: DecodingError.self) { try ObjectFormat.footer(of: Array(object.bytes[..<cut])) }
      }
    }
  }

  @Test("events with little text and much beside it do not outgrow the blocks that readers accept")
  func manyAttributes() throws {
    let text = [UInt8](repeating: 0x61, count: 1 << 20)
    var batches: [EventBatch] = []
    for sequence in 0..<6 as Range<UInt64> {
      var columns = EventColumns()
      columns.appendAttribute(key: [0x6b].span, string: text.span)
      columns.endEvent(
        timestamp: .epoch, severity: .info, severityText: [UInt8]().span, message: [UInt8]().span, traceID: nil,
        spanID: nil, index: 0)
      let header = BatchHeader(
        stream: StreamID(tenant: .default, service: try ServiceName("web")),
        producer: ProducerID(Identifier128(high: 1, low: 2)), sequence: sequence, digest: 0, firstSent: .epoch,
        received: .epoch)
      batches.append(try EventBatch(EncodedRecord(header, columns)))
    }
    let rows = (0..<6).map { RowReference(batch: $0, row: 0) }
    let chunk = ChunkWriter(codec: PlainCodec()).encode(rows, of: batches)
    let directory = try ChunkDirectory(chunk.bytes.span.extracting(chunk.directoryRange))
    #expect(directory.groups.map(\.rowCount) == [3, 3])
  }

  @Test("small chunks of a tenant share a pack, large ones stand alone, tenants are apart")
  func layout() throws {
    func stream(_ tenant: String, _ service: String) throws -> StreamID {
      StreamID(tenant: try TenantID(tenant), service: try ServiceName(service))
    }
    let parts = FlushLayout.parts([
      (try stream("a", "1"), 10), (try stream("a", "2"), 2 << 20), (try stream("a", "3"), 10),
      (try stream("b", "1"), 10),
    ])
    #expect(parts.map(\.chunks) == [[1], [0, 2], [3]])
    #expect(parts.map(\.service?.text) == ["2", nil, nil])
  }

  static let encoder = FlushEncoder(codec: RunLengthCodec(), digest: PlainDigest(), prefix: "prefix")

  static func objects(
    of flush: FlushEncoder<RunLengthCodec, PlainDigest>.Flush
  ) -> [FlushEncoder<RunLengthCodec, PlainDigest>.Object] {
    let plan = encoder.plan(flush)
    return plan.keys.indices.map { encoder.object($0, of: plan) }
  }

  static func flush(seed: UInt64) throws -> FlushEncoder<RunLengthCodec, PlainDigest>.Flush {
    var random = RandomBatches(seed: seed)
    var batches: [EventBatch] = []
    for sequence in 0..<12 {
      let record = try random.record(
        tenant: sequence % 5 == 0 ? "other" : "acme", service: "service \(sequence % 3)",
        producer: UInt64(sequence % 4), sequence: UInt64(sequence), count: (sequence * 7) % 40)
      batches.append(try EventBatch(record))
    }
    let key = WindowKey(producer: batches[0].header.producer, stream: batches[0].header.stream)
    return FlushEncoder<RunLengthCodec, PlainDigest>.Flush(
      flush: FlushID(Identifier128(high: 1, low: seed)), parent: nil, partition: PartitionID(0),
      epoch: LogEpoch(Identifier128(high: 2, low: 2)), range: 0..<12, batches: batches,
      windows: [
        WindowChange(
          key: key, startsAnew: true, added: [.init(sequence: 9, digest: 1), .init(sequence: 3, digest: 2)],
          lastAppend: Timestamp(nanoseconds: 5))
      ],
      deadLetters: [.batch(key, sequence: 4, digest: 4, index: nil), .batch(key, sequence: 4, digest: 4, index: 7)],
      newestAppend: Timestamp(nanoseconds: 1_767_225_600_000_000_000))
  }

  static func events(of chunk: ChunkDescriptor, in object: [UInt8]) throws -> [Event] {
    let directory = try ChunkDirectory(object.span.extracting(chunk.directoryRange))
    return try directory.groups.flatMap { group in
      let start = chunk.byteRange.lowerBound
      let bytes = [UInt8](
        object.span.extracting((start + group.byteRange.lowerBound)..<(start + group.byteRange.upperBound)))
      let rows = try RowGroupReader(
        group, of: directory, service: chunk.stream.service, bytes: bytes, codec: RunLengthCodec())
      return try (0..<rows.rowCount).map { try rows.event(at: $0) }
    }
  }

  private static func all(_ object: [UInt8]) throws -> [[Event]] {
    try ObjectFormat.footer(of: object).chunks.map { try events(of: $0, in: object) }
  }
}
