package import Domain

/// One page of an answer, and how far it can be trusted.
package struct EventPage: Sendable {
  /// Newest first.
  package let events: [Event]
  /// Nil at the end.
  package let nextCursor: String?
  package let report: QueryReport

  package init(events: [Event], nextCursor: String?, report: QueryReport) {
    self.events = events
    self.nextCursor = nextCursor
    self.report = report
  }
}
