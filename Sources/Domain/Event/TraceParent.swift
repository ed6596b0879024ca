/// Where a sending stands among traces, as its sender says it: W3C Trace Context, `traceparent` of version 00.
package struct TraceParent: Hashable, Sendable, CustomStringConvertible {
  /// What is taken of others: version 00 has 55 bytes, and later versions may append to it (W3C Trace Context section 3.2.4).
  package static let maximumBytes = 256

  package let trace: TraceID
  /// Of the sending itself; the parent of whatever the receiver does with it.
  package let span: SpanID
  /// Whether the sender has recorded its span (section 3.2.2.5.1).
  package let isSampled: Bool

  package init(trace: TraceID, span: SpanID, isSampled: Bool) {
    self.trace = trace
    self.span = span
    self.isSampled = isSampled
  }

  /// `00-<32 digits>-<16 digits>-<01 or 00>`.
  package var description: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }
}
