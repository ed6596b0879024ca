import Application
import Domain

/// `DescribeResponse` as the port's `IngestTerms`.
extension IngestTerms {
  var encoded: [UInt8] {
    var limits: [UInt8] = []
    limits.append(tag: IngestorFields.EventLimits.messageBytes, nonZero: eventLimits.messageBytes)
    limits.append(tag: IngestorFields.EventLimits.severityTextBytes, nonZero: eventLimits.severityTextBytes)
    limits.append(tag: IngestorFields.EventLimits.attributes, nonZero: eventLimits.attributes)
    limits.append(tag: IngestorFields.EventLimits.attributeKeyBytes, nonZero: eventLimits.attributeKeyBytes)
    limits.append(tag: IngestorFields.EventLimits.attributeValueBytes, nonZero: eventLimits.attributeValueBytes)
    var bytes: [UInt8] = []
    bytes.append(tag: IngestorFields.DescribeResponse.maximumBatchBytes, nonZero: maximumBatchBytes)
    bytes.append(
      tag: IngestorFields.DescribeResponse.maximumSingleEventBatchBytes, nonZero: maximumSingleEventBatchBytes)
    bytes.append(tag: IngestorFields.DescribeResponse.eventLimits, message: limits)
    bytes.append(tag: IngestorFields.DescribeResponse.placementVersion, nonZero: placementVersion)
    return bytes
  }

  init(describeResponse bytes: Span<UInt8>) throws(DecodingError) {
    var cursor = WireCursor(0..<bytes.count)
    var batchBytes = 0
    var singleEventBatchBytes = 0
    var limits = EventLimits()
    var placement: UInt32 = 0
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.DescribeResponse.maximumBatchBytes: batchBytes = try cursor.size(bytes)
      case IngestorFields.DescribeResponse.maximumSingleEventBatchBytes: singleEventBatchBytes = try cursor.size(bytes)
      case IngestorFields.DescribeResponse.eventLimits: try limits.read(bytes, try cursor.payload(bytes))
      case IngestorFields.DescribeResponse.placementVersion:
        placement = UInt32(truncatingIfNeeded: try cursor.varint(bytes))
      case let tag: try cursor.skip(tag, bytes)
      }
    }
    self.init(
      maximumBatchBytes: batchBytes, maximumSingleEventBatchBytes: singleEventBatchBytes, eventLimits: limits,
      placementVersion: placement)
  }
}

extension EventLimits {
  fileprivate mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DecodingError) {
    var cursor = WireCursor(range)
    while !cursor.isAtEnd {
      switch try cursor.tag(bytes) {
      case IngestorFields.EventLimits.messageBytes: messageBytes = try cursor.size(bytes)
      case IngestorFields.EventLimits.severityTextBytes: severityTextBytes = try cursor.size(bytes)
      case IngestorFields.EventLimits.attributes: attributes = try cursor.size(bytes)
      case IngestorFields.EventLimits.attributeKeyBytes: attributeKeyBytes = try cursor.size(bytes)
      case IngestorFields.EventLimits.attributeValueBytes: attributeValueBytes = try cursor.size(bytes)
      case let tag: try cursor.skip(tag, bytes)
      }
    }
  }
}
