package import Domain

/// An event before it has its place in a batch.
package struct EventDraft: Hashable, Sendable {
  package var timestamp: Timestamp
  package var severity = Severity.info
  package var severityText = ""
  package var message: [UInt8]
  package var traceID: TraceID?
  package var spanID: SpanID?
  package var attributes: [Attribute] = []
  package var originalTimestamp: Timestamp?

  package init(at timestamp: Timestamp, _ message: String = "something happened", severity: Severity = .info) {
    self.timestamp = timestamp
    self.message = Array(message.utf8)
    self.severity = severity
  }

  /// The draft with some of its fields changed.
  package func with(_ change: (inout EventDraft) -> Void) -> EventDraft {
    var copy = self
    change(&copy)
    return copy
  }
}
