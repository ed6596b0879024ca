import Domain

/// Batches whose bytes any log keeps: invalid UTF-8, NUL and line ends in each message.
enum SampleBatch {
  static let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
  static let tenant = "tenant-1"
  static let service = "api-service"

  static func stream(_ tenant: String = tenant, _ service: String = service) throws -> StreamID {
    StreamID(tenant: try TenantID(tenant), service: try ServiceName(service))
  }

  /// - Parameters:
  ///   - number: Of the batch in its producer; its content is made of it.
  ///   - seconds: Of its two events behind `start`.
  static func record(_ number: UInt64, of stream: StreamID, at seconds: [Int] = [0, 1]) -> EncodedRecord {
    var events = EventColumns()
    let noText: [UInt8] = []
    var digest = CRC32C()
    for (row, second) in seconds.enumerated() {
      let message = Array("batch \(number) row \(row)\n".utf8) + [0, 0xff, 13, 10]
      digest.update(message.span)
      events.endEvent(
        timestamp: start.advanced(by: .seconds(second)), severity: .warn, severityText: noText.span,
        message: message.span, traceID: nil, spanID: nil, index: UInt32(row))
    }
    return EncodedRecord(
      BatchHeader(
        stream: stream, producer: ProducerID(Identifier128(high: 5, low: 6)), sequence: number, digest: digest.value,
        firstSent: start, received: start),
      events)
  }
}
