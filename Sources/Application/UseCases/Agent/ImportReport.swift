/// How an import ended. Whatever the end, the journal knows how far it came: running it again goes on from there.
package struct ImportReport: Sendable {
  package enum End: Sendable {
    /// All of the source is with the server.
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
  package let counts: ImportCounts

  package init(_ end: End, _ counts: ImportCounts) {
    self.end = end
    self.counts = counts
  }
}
