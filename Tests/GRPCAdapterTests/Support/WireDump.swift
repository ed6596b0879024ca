import Application
import Domain

/// What was read from a `PushRequest`, in the words of `differential.py`.
enum WireDump {
  static func text(_ submission: BatchSubmission) throws -> String {
    let events = submission.events
    let resource = try attributes(events.resource, 0..<events.resource.count)
    var parts = [
      "producer=\(submission.producer?.description ?? "")", "sequence=\(submission.sequence)",
      "service=\(hex(Array(submission.stream.service.text.utf8)))", "placement=\(submission.placement)",
      "any=\(submission.acceptsAnyAge ? 1 : 0)", "parent=\(hex(Array(submission.traceParent.utf8)))",
      "age=\(submission.age.wholeMilliseconds)", "resource=[\(resource)]",
    ]
    var messageStart = 0
    var attributeStart = 0
    for row in 0..<events.count {
      let message = Array(events.messages[messageStart..<Int(events.messageEnds[row])])
      let own = try attributes(events.attributes, attributeStart..<Int(events.attributeEnds[row]))
      messageStart = Int(events.messageEnds[row])
      attributeStart = Int(events.attributeEnds[row])
      let hasTrace = events.flags[row] & EventColumns.Flag.trace != 0
      let span = events.flags[row] & EventColumns.Flag.span != 0 ? SpanID(events.spanIDs[row]) : nil
      let level = hex(events.severityTextTable[Int(events.severityTexts[row])])
      parts.append(
        "(\(events.timestamps[row]);\(events.severities[row]);\(level);\(hex(message));"
          + "\(hasTrace ? events.traceIDs[row].description : "");\(span?.description ?? "");[\(own)])")
    }
    return parts.joined(separator: " ")
  }

  private static func attributes(_ bytes: [UInt8], _ range: Range<Int>) throws -> String {
    try AttributeEncoding.attributes(bytes.span.extracting(range)).map { attribute in
      let key = hex(Array(attribute.key.utf8))
      switch attribute.value {
      case .string(let text): return "\(key)=s\(hex(Array(text.utf8)))"
      case .int(let value): return "\(key)=i\(value)"
      case .double(let value): return "\(key)=d\(String(value.bitPattern, radix: 16))"
      case .bool(let value): return "\(key)=b\(value ? 1 : 0)"
      }
    }.joined(separator: ",")
  }

  private static func hex(_ bytes: [UInt8]) -> String { Hexadecimal.text(bytes) }
}
