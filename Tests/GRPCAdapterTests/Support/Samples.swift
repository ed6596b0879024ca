import Application
import Domain

/// Values that many tests of this adapter need.
enum Samples {
  static let terms = IngestTerms(
    maximumBatchBytes: 1 << 20, maximumSingleEventBatchBytes: 2 << 20, eventLimits: EventLimits(), placementVersion: 3)

  static let producer = ProducerID(Identifier128(high: 0x0102_0304_0506_0708, low: 0x090a_0b0c_0d0e_0f10))

  static func stream(_ service: String = "api-service", tenant: TenantID = .default) throws -> StreamID {
    StreamID(tenant: tenant, service: try ServiceName(service))
  }

  /// Events with every field, messages as given.
  static func columns(_ messages: [[UInt8]]) -> EventColumns {
    var columns = EventColumns()
    let attributes = AttributeBytes()
    for (row, message) in messages.enumerated() {
      columns.appendAttribute(key: attributes.name.span, string: attributes.text.span)
      columns.appendAttribute(key: attributes.count.span, int: Int64(row) - 1)
      columns.appendAttribute(key: attributes.ratio.span, double: Double(row) / 3)
      columns.appendAttribute(key: attributes.isLast.span, bool: row == messages.count - 1)
      columns.endEvent(
        timestamp: Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(row)),
        severity: Severity(number: row % 25) ?? .unspecified, severityText: attributes.level.span,
        message: message.span, traceID: row % 2 == 0 ? TraceID(Identifier128(high: 7, low: UInt64(row))) : nil,
        spanID: row % 3 == 0 ? SpanID(UInt64(row) + 1) : nil, index: UInt32(row))
    }
    AttributeEncoding.append(Attribute(key: "host.name", value: .string("node-1")), to: &columns.resource)
    AttributeEncoding.append(Attribute(key: "host.cores", value: .int(-8)), to: &columns.resource)
    return columns
  }

  static func batch(
    _ messages: [[UInt8]] = [Array("first".utf8), Array("second".utf8)], sequence: UInt64 = 7,
    service: String = "api-service", tenant: TenantID = .default
  ) throws -> OutgoingBatch {
    OutgoingBatch(
      stream: try stream(service, tenant: tenant), producer: producer, sequence: sequence, placement: 3,
      acceptsAnyAge: true, traceParent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      events: columns(messages))
  }

  private struct AttributeBytes {
    let name = Array("name".utf8)
    let text = Array("Grüße".utf8)
    let count = Array("count".utf8)
    let ratio = Array("ratio".utf8)
    let isLast = Array("is.last".utf8)
    let level = Array("Info".utf8)
  }
}
