package import Domain

/// An event as a reader of any door sees it.
package struct SeenEvent: Hashable, Sendable {
  package var timestamp: Timestamp
  package var service: String
  /// The sender's word, else the level's name, else nil.
  package var level: String?
  package var severity: Int
  package var message: [UInt8]
  package var traceID: String?
  package var spanID: String?
  package var attributes: [String: AttributeValue]
  package var resource: [String: AttributeValue]
  package var originalTimestamp: Timestamp?
  /// The bytes of the order key.
  package var orderKey: [UInt8]

  package init(
    timestamp: Timestamp, service: String, level: String?, severity: Int, message: [UInt8], traceID: String?,
    spanID: String?, attributes: [String: AttributeValue], resource: [String: AttributeValue],
    originalTimestamp: Timestamp?, orderKey: [UInt8]
  ) {
    self.timestamp = timestamp
    self.service = service
    self.level = level
    self.severity = severity
    self.message = message
    self.traceID = traceID
    self.spanID = spanID
    self.attributes = attributes
    self.resource = resource
    self.originalTimestamp = originalTimestamp
    self.orderKey = orderKey
  }

  package init(_ event: Event) {
    var key: [UInt8] = []
    event.key.append(to: &key)
    self.init(
      timestamp: event.key.timestamp, service: event.key.service.text,
      level: event.severityText.isEmpty ? event.severity.level?.rawValue : event.severityText,
      severity: Int(event.severity.number), message: event.message, traceID: event.traceID?.description,
      spanID: event.spanID?.description, attributes: Self.dictionary(event.attributes),
      resource: Self.dictionary(event.resource), originalTimestamp: event.originalTimestamp, orderKey: key)
  }

  private static func dictionary(_ attributes: [Attribute]) -> [String: AttributeValue] {
    Dictionary(attributes.map { ($0.key, $0.value) }) { _, last in last }
  }
}
