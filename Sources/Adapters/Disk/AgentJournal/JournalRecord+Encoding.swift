import Application
import Domain

extension JournalRecord {
  /// As of format 2.
  func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .producer(let producer):
      bytes.append(1)
      producer.value.append(to: &bytes)
    case .placement(let version):
      bytes.append(2)
      bytes.append(uint32: version)
    case .entry(let entry):
      bytes.append(3)
      bytes.append(lengthPrefixed: entry.source.text)
      Self.append(entry.end, to: &bytes)
      bytes.append(varint: UInt64(entry.batches.count))
      for batch in entry.batches { Self.append(batch, to: &bytes) }
    case .acknowledged(let batch):
      bytes.append(4)
      Self.append(batch.stream, to: &bytes)
      bytes.append(uint64: batch.sequence)
    case .checkpoint(let source, let checkpoint):
      bytes.append(5)
      bytes.append(lengthPrefixed: source.text)
      Self.append(checkpoint, to: &bytes)
    case .nextSequence(let stream, let sequence):
      bytes.append(6)
      Self.append(stream, to: &bytes)
      bytes.append(uint64: sequence)
    case .forgotten(let source):
      bytes.append(7)
      bytes.append(lengthPrefixed: source.text)
    }
    return bytes
  }

  /// - Parameter version: Of the file's format. In the first, checkpoints have no cursor.
  init(_ bytes: Span<UInt8>, version: UInt32) throws(DecodingError) {
    var cursor = ByteCursor(end: bytes.count)
    switch try cursor.uint8(bytes) {
    case 1: self = .producer(ProducerID(try Identifier128(bytes, at: &cursor)))
    case 2: self = .placement(try cursor.uint32(bytes))
    case 3:
      let source = try Self.source(bytes, &cursor)
      let end = try Self.checkpoint(bytes, &cursor, version)
      var batches: [JournaledBatch] = []
      for _ in 0..<(try cursor.count(bytes, ofAtLeast: 1)) { batches.append(try Self.batch(bytes, &cursor)) }
      self = .entry(JournalEntry(source: source, end: end, batches: batches))
    case 4:
      let stream = try Self.stream(bytes, &cursor)
      self = .acknowledged(BatchName(stream: stream, sequence: try cursor.uint64(bytes)))
    case 5:
      let source = try Self.source(bytes, &cursor)
      self = .checkpoint(source, try Self.checkpoint(bytes, &cursor, version))
    case 6:
      let stream = try Self.stream(bytes, &cursor)
      self = .nextSequence(stream, try cursor.uint64(bytes))
    case 7: self = .forgotten(try Self.source(bytes, &cursor))
    case let kind: throw DecodingError(.malformed, at: 0, "a record of kind \(kind) is not known")
    }
  }

  private static func append(_ stream: StreamID, to bytes: inout [UInt8]) {
    bytes.append(lengthPrefixed: stream.tenant.text)
    bytes.append(lengthPrefixed: stream.service.text)
  }

  private static func append(_ checkpoint: SourceCheckpoint, to bytes: inout [UInt8]) {
    bytes.append(uint64: checkpoint.offset)
    bytes.append(uint32: checkpoint.checksum)
    bytes.append(lengthPrefixed: checkpoint.cursor ?? "")
  }

  private static func append(_ batch: JournaledBatch, to bytes: inout [UInt8]) {
    append(batch.stream, to: &bytes)
    bytes.append(uint64: batch.sequence)
    bytes.append(uint32: UInt32(clamping: batch.eventCount))
    bytes.append(int64: batch.firstSent.nanoseconds)
    bytes.append(lengthPrefixed: batch.content.span)
  }

  private static func stream(_ bytes: Span<UInt8>, _ cursor: inout ByteCursor) throws(DecodingError) -> StreamID {
    let tenant = try TenantID(bytes, at: &cursor)
    return StreamID(tenant: tenant, service: try ServiceName(bytes, at: &cursor))
  }

  private static func source(_ bytes: Span<UInt8>, _ cursor: inout ByteCursor) throws(DecodingError) -> SourceID {
    let offset = cursor.offset
    guard let source = SourceID(try cursor.text(bytes)) else {
      throw DecodingError(.malformed, at: offset, "the name of a source is empty or too long")
    }
    return source
  }

  private static func checkpoint(
    _ bytes: Span<UInt8>, _ cursor: inout ByteCursor, _ version: UInt32
  ) throws(DecodingError) -> SourceCheckpoint {
    let offset = try cursor.uint64(bytes)
    let checksum = try cursor.uint32(bytes)
    let text = version == 1 ? "" : try cursor.text(bytes)
    return SourceCheckpoint(offset: offset, checksum: checksum, cursor: text.isEmpty ? nil : text)
  }

  private static func batch(_ bytes: Span<UInt8>, _ cursor: inout ByteCursor) throws(DecodingError) -> JournaledBatch {
    let stream = try stream(bytes, &cursor)
    let sequence = try cursor.uint64(bytes)
    let eventCount = Int(try cursor.uint32(bytes))
    let firstSent = Timestamp(nanoseconds: try cursor.int64(bytes))
    let content = [UInt8](bytes.extracting(try cursor.lengthPrefixed(bytes)))
    return JournaledBatch(
      stream: stream, sequence: sequence, eventCount: eventCount, content: content, firstSent: firstSent)
  }
}
