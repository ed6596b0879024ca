import Domain
import EventQueryContract
import Foundation

@testable import RESTAdapter

extension JSONNode {
  subscript(_ name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name == name }?.node
  }

  var elements: [JSONNode]? { if case .array(let elements) = value { elements } else { nil } }
  var string: String? { if case .string(let text) = value { text } else { nil } }
  var bool: Bool? { if case .bool(let value) = value { value } else { nil } }
  var number: Double? { if case .number(let text) = value { Double(text) } else { nil } }
  var integer: Int? { if case .number(let text) = value { Int(text) } else { nil } }
  var isNull: Bool { value == .null }

  var attributes: [String: AttributeValue]? {
    guard case .object(let members) = value else { return nil }
    var attributes: [String: AttributeValue] = [:]
    for member in members {
      switch member.node.value {
      case .string(let text): attributes[member.name] = .string(text)
      case .bool(let value): attributes[member.name] = .bool(value)
      case .number(let text):
        if let value = Int64(text) {
          attributes[member.name] = .int(value)
        } else if let value = Double(text) {
          attributes[member.name] = .double(value)
        }
      default: return nil
      }
    }
    return attributes
  }
}

extension SeenEvent {
  /// Reads an item of an answer; nil if something is missing, of another type, or says another thing than its neighbour.
  init?(_ item: JSONNode) {
    guard let time = item["timestamp"]?.string.flatMap(RFC3339.timestamp), item["timestamp"]?.string?.utf8.count == 30,
      item["timestamp_ns"]?.string == "\(time.nanoseconds)", let service = item["service"]?.string,
      let level = item["level"], let severity = item["severity_number"]?.number, let text = item["message"]?.string,
      let trace = item["trace_id"], let span = item["span_id"], let attributes = item["attributes"]?.attributes,
      let orderKey = item["order_key"]?.string.flatMap(Data.init(base64URL:))
    else { return nil }
    var message = Array(text.utf8)
    if let bytes = item["message_base64"]?.string {
      guard let data = Data(base64Encoded: bytes), String(decoding: data, as: UTF8.self) == text else { return nil }
      message = Array(data)
    }
    let original = item["original_timestamp"]?.string.flatMap(RFC3339.timestamp)
    if item["original_timestamp_ns"]?.string != original.map({ "\($0.nanoseconds)" }) { return nil }
    self.init(
      timestamp: time, service: service, level: level.string, severity: Int(severity), message: message,
      traceID: trace.string, spanID: span.string, attributes: attributes,
      resource: item["resource"]?.attributes ?? [:], originalTimestamp: original, orderKey: Array(orderKey))
  }
}

extension Data {
  fileprivate init?(base64URL text: String) {
    let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    self.init(base64Encoded: standard + String(repeating: "=", count: (4 - standard.count % 4) % 4))
  }
}
