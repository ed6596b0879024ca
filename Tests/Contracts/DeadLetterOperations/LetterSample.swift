import Domain

/// Letters of every kind, told apart by a number.
enum LetterSample {
  static let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  static func key(_ number: Int, tenant: String = "acme") throws -> WindowKey {
    WindowKey(
      producer: ProducerID(Identifier128(high: 5, low: UInt64(number))),
      stream: StreamID(tenant: try TenantID(tenant), service: try ServiceName("web")))
  }

  /// A batch whose only event is the text.
  static func batch(
    _ number: Int, _ text: String, tenant: String = "acme", reason: DeadLetterReason = .sequenceConflict,
    flush: UInt64? = nil
  ) throws -> DeadLetter {
    let key = try key(number, tenant: tenant)
    let none: [UInt8] = []
    var columns = EventColumns()
    columns.endEvent(
      timestamp: start, severity: .info, severityText: none.span, message: Array(text.utf8).span, traceID: nil,
      spanID: nil, index: 0)
    let header = BatchHeader(
      stream: key.stream, producer: key.producer, sequence: 3, digest: UInt32(number), firstSent: start,
      received: start)
    return DeadLetter(
      id: .batch(key, sequence: 3, digest: UInt32(number), index: nil), reason: reason,
      content: .record(EncodedRecord(header, columns).bytes), time: time(number), tenant: key.stream.tenant,
      flush: flush.map { FlushID(Identifier128(high: 6, low: $0)) })
  }

  static func event(_ number: Int, _ text: String, tenant: String = "acme") throws -> DeadLetter {
    let key = try key(number, tenant: tenant)
    return DeadLetter(
      id: .batch(key, sequence: 4, digest: UInt32(number), index: 2), reason: .event(.messageTooLong),
      content: .event(Array(text.utf8)), time: time(number), tenant: key.stream.tenant, flush: nil)
  }

  static func bytes(_ number: Int, _ bytes: [UInt8], flush: UInt64? = nil) -> DeadLetter {
    DeadLetter(
      id: .bytes(checksum: CRC32C.checksum(bytes.span), count: bytes.count), reason: .undecodable,
      content: .record(bytes), time: time(number), tenant: nil,
      flush: flush.map { FlushID(Identifier128(high: 6, low: $0)) })
  }

  static func time(_ number: Int) -> Timestamp { start.advanced(by: .seconds(number)) }
}
