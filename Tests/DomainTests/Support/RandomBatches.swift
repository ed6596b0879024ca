import Domain

/// Random batches of every shape that a record can have.
struct RandomBatches {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func columns(count: Int, around time: Timestamp) -> EventColumns {
    var columns = EventColumns(reservingEvents: count)
    let (hasTraces, hasSpans) = (random.below(2) == 0, random.below(2) == 0)
    let apart = [0, 1, 1_000_000_000, 900_000_000_000][random.below(4)]
    let step = 1 + random.below(2)
    AttributeEncoding.append(
      Attribute(key: "host", value: .string("h\(random.below(3))")), to: &columns.resource)
    for row in 0..<count {
      for number in 0..<random.below(4) { append(attribute: number, to: &columns) }
      let jitter = apart == 0 ? 0 : random.below(apart)
      columns.endEvent(
        timestamp: Timestamp(nanoseconds: time.nanoseconds + Int64(row * apart / 2 + jitter)),
        severity: Severity(number: random.below(25)) ?? .unspecified,
        severityText: Array(["", "INFO", "warn", "härter"][random.below(4)].utf8).span,
        message: random.bytes(random.below(random.below(8) == 0 ? 400 : 30)).span,
        traceID: hasTraces && random.below(3) > 0
          ? TraceID(Identifier128(high: random.next(), low: random.next())) : nil,
        spanID: hasSpans && random.below(3) > 0 ? SpanID(random.next()) : nil, index: UInt32(row * step))
    }
    if count > 0, random.below(3) == 0 { columns.replaceTimestamp(at: random.below(count), with: time) }
    return columns
  }

  private mutating func append(attribute number: Int, to columns: inout EventColumns) {
    let key = Array("key\(number)".utf8)
    switch random.below(4) {
    case 0: columns.appendAttribute(key: key.span, string: Array("värde \(random.below(100))".utf8).span)
    case 1: columns.appendAttribute(key: key.span, int: Int64(bitPattern: random.next()))
    case 2: columns.appendAttribute(key: key.span, double: Double(random.below(1_000)) / 8)
    default: columns.appendAttribute(key: key.span, bool: random.below(2) == 0)
    }
  }

  mutating func record(
    tenant: String = "acme", service: String, producer: UInt64, sequence: UInt64, count: Int,
    around time: Timestamp = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
  ) throws -> EncodedRecord {
    let header = BatchHeader(
      stream: StreamID(tenant: try TenantID(tenant), service: try ServiceName(service)),
      producer: ProducerID(Identifier128(high: 3, low: producer)), sequence: sequence,
      digest: UInt32(truncatingIfNeeded: random.next()), firstSent: time, received: time,
      traceParent: random.below(2) == 0 ? "" : "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    return EncodedRecord(header, columns(count: count, around: time))
  }
}
