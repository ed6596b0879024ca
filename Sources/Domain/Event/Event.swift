/// One event as an answer shows it. Only what is shown becomes such a value: batches and chunks hold columns.
package struct Event: Hashable, Sendable {
  package let key: OrderKey
  package let severity: Severity
  /// What the sender called the level, empty if it said nothing.
  package let severityText: String
  /// As sent: any bytes.
  package let message: [UInt8]
  package let traceID: TraceID?
  package let spanID: SpanID?
  package let attributes: [Attribute]
  package let resource: [Attribute]
  /// The time that the sender gave, if it could not be kept (DESIGN: before 1970, too old, too far ahead).
  package let originalTimestamp: Timestamp?

  package init(
    key: OrderKey, severity: Severity, severityText: String, message: [UInt8], traceID: TraceID?, spanID: SpanID?,
    attributes: [Attribute], resource: [Attribute], originalTimestamp: Timestamp?
  ) {
    self.key = key
    self.severity = severity
    self.severityText = severityText
    self.message = message
    self.traceID = traceID
    self.spanID = spanID
    self.attributes = attributes
    self.resource = resource
    self.originalTimestamp = originalTimestamp
  }
}
