/// What a line says of its event, but for the attributes.
struct ScannedEvent: Sendable {
  /// Where the bytes of the message are.
  enum MessagePlace: Hashable, Sendable {
    /// In the line, as they are.
    case line(Range<Int>)
    /// In `unescapedMessage`.
    case unescaped
  }

  var service: [UInt8] = []
  var timestamp = Timestamp.epoch
  var severity = Severity.unspecified
  var severityText: [UInt8] = []
  var message = MessagePlace.line(0..<0)
  var unescapedMessage: [UInt8] = []
  var traceID: TraceID?
  var spanID: SpanID?

  var messageBytes: Int {
    switch message {
    case .line(let range): range.count
    case .unescaped: unescapedMessage.count
    }
  }

  func end(_ message: Span<UInt8>, _ columns: inout EventColumns, _ index: UInt32) {
    columns.endEvent(
      timestamp: timestamp, severity: severity, severityText: severityText.span, message: message, traceID: traceID,
      spanID: spanID, index: index)
  }
}
