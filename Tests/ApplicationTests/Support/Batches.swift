import Application
import Domain

/// Builders of small batches for use-case tests.
enum Batches {
  static let start = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

  static func stream(_ tenant: String = "acme", _ service: String = "web") throws -> StreamID {
    StreamID(tenant: try TenantID(tenant), service: try ServiceName(service))
  }

  static func producer(_ number: UInt64) -> ProducerID { ProducerID(Identifier128(high: 7, low: number)) }

  /// Events with these messages, `seconds` apart from `first` on.
  static func columns(
    _ messages: [String], first: Timestamp = start, apart: Duration = .seconds(1), severity: Severity = .info
  ) -> EventColumns {
    var columns = EventColumns()
    for (index, message) in messages.enumerated() {
      columns.appendAttribute(key: Array("n".utf8).span, int: Int64(index))
      columns.endEvent(
        timestamp: first.advanced(by: apart * index), severity: severity, severityText: Array("info".utf8).span,
        message: Array(message.utf8).span, traceID: nil, spanID: nil, index: UInt32(index))
    }
    return columns
  }

  static func digest(_ messages: [String]) -> UInt32 {
    var crc = CRC32C()
    for message in messages {
      crc.update(length: message.utf8.count)
      crc.update(Array(message.utf8).span)
    }
    return crc.value
  }

  static func record(
    _ messages: [String], stream: StreamID, producer: ProducerID, sequence: UInt64, firstSent: Timestamp = start,
    first: Timestamp = start
  ) -> EncodedRecord {
    let header = BatchHeader(
      stream: stream, producer: producer, sequence: sequence, digest: digest(messages), firstSent: firstSent,
      received: firstSent)
    return EncodedRecord(header, columns(messages, first: first))
  }

  static func submission(
    _ messages: [String], stream: StreamID, producer: ProducerID?, sequence: UInt64 = 0, first: Timestamp = start,
    rejections: [EventRejection] = [], placement: UInt32 = 0, acceptsAnyAge: Bool = false, wireBytes: Int = 100,
    severity: Severity = .info
  ) -> BatchSubmission {
    BatchSubmission(
      stream: stream, producer: producer, sequence: sequence, digest: digest(messages), placement: placement,
      age: .zero, acceptsAnyAge: acceptsAnyAge, traceParent: "",
      events: columns(messages, first: first, severity: severity),
      rejections: rejections, wireBytes: wireBytes)
  }
}
