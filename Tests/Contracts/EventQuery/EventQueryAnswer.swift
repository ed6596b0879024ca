package import Application

/// One page, in values that can be compared whatever door it came through.
package struct EventQueryAnswer: Hashable, Sendable {
  package var items: [SeenEvent]
  package var nextCursor: String?
  package var isComplete: Bool
  /// How many reasons are given for not being complete.
  package var reasons: Int

  package init(items: [SeenEvent], nextCursor: String?, isComplete: Bool, reasons: Int) {
    self.items = items
    self.nextCursor = nextCursor
    self.isComplete = isComplete
    self.reasons = reasons
  }

  package init(_ page: EventPage) {
    self.init(
      items: page.events.map(SeenEvent.init), nextCursor: page.nextCursor, isComplete: page.report.isComplete,
      reasons: page.report.shortfalls.count)
  }
}
