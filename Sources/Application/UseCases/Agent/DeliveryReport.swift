/// How an import or a generator ended. Whatever the end of an import, the journal knows how far it came: running it again
/// goes on from there.
package struct DeliveryReport: Sendable {
  package enum End: Sendable {
    /// All that there was is with the server.
    case complete
    /// Cancelled.
    case interrupted
    /// What was cut before the line's entry is with the server.
    case badLine(BadLine)
    case sourceFailed(LogSourceError)
    case journalFailed(AgentJournalError)
    /// The server will never take what it was sent.
    case rejected(reason: String)
  }

  package let end: End
  package let counts: DeliveryCounts

  package init(_ end: End, _ counts: DeliveryCounts) {
    self.end = end
    self.counts = counts
  }
}
