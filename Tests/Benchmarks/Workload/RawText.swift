import Application
import Domain

/// Events as lines of a log file: what compression is measured against.
enum RawText {
  /// `2026-11-24T13:05:07.123456789Z INFO order-service order o-1 paid pod=… trace_id=… span_id=…`.
  static func append(_ batch: CutBatch, to text: inout [UInt8]) {
    let events = batch.events
    let service = Array(" \(batch.service.text) ".utf8)
    var message = 0
    var attribute = 0
    for row in 0..<events.count {
      RFC3339.append(Timestamp(nanoseconds: events.timestamps[row]), to: &text)
      text.append(UInt8(ascii: " "))
      text.append(contentsOf: events.severityTextTable[Int(events.severityTexts[row])])
      text.append(service.span)
      text.append(events.messages.span.extracting(message..<Int(events.messageEnds[row])))
      message = Int(events.messageEnds[row])
      append(attributes: events.attributes.span.extracting(attribute..<Int(events.attributeEnds[row])), to: &text)
      attribute = Int(events.attributeEnds[row])
      text.append(contentsOf: " trace_id=".utf8)
      text.append(hexadecimal: events.traceIDs[row].high)
      text.append(hexadecimal: events.traceIDs[row].low)
      text.append(contentsOf: " span_id=".utf8)
      text.append(hexadecimal: events.spanIDs[row])
      text.append(UInt8(ascii: "\n"))
    }
  }

  private static func append(attributes: Span<UInt8>, to text: inout [UInt8]) {
    guard let list = try? AttributeEncoding.attributes(attributes) else {
      preconditionFailure("the generator made attributes that cannot be read")
    }
    for attribute in list {
      guard case .string(let value) = attribute.value else { continue }
      text.append(contentsOf: " \(attribute.key)=\(value)".utf8)
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(hexadecimal value: UInt64) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      Hexadecimal.append(UInt8(truncatingIfNeeded: value >> shift), to: &self)
    }
  }
}
