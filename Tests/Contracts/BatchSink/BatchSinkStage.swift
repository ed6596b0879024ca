package import Application
import Domain

/// A sink and the other side of its wire, fresh for each promise.
package struct BatchSinkStage: Sendable {
  /// What the other side does with a batch.
  package enum Script: Sendable {
    case answer(@Sendable (BatchSubmission) -> BatchOutcome)
    case reject(reason: String)
    /// Never answers; ends with the call.
    case hold
  }

  package let sink: any BatchSink
  /// What the other side tells as its terms.
  package let terms: IngestTerms
  /// Batches that reached the other side, in the order in which they came.
  package let received: @Sendable () async -> [BatchSubmission]
  /// What the other side does from now on. Before: everything is accepted.
  package let script: @Sendable (Script) async -> Void
  /// Breaks every connection there is; a new one works. Nil for a sink without connections.
  package let breakConnections: (@Sendable () async -> Void)?
  /// Ends the sink. Nil for a sink without an end.
  package let close: (@Sendable () async -> Void)?

  package init(
    sink: any BatchSink, terms: IngestTerms, received: @escaping @Sendable () async -> [BatchSubmission],
    script: @escaping @Sendable (Script) async -> Void, breakConnections: (@Sendable () async -> Void)? = nil,
    close: (@Sendable () async -> Void)? = nil
  ) {
    self.sink = sink
    self.terms = terms
    self.received = received
    self.script = script
    self.breakConnections = breakConnections
    self.close = close
  }
}
