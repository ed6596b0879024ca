package import Domain

/// Finds events: what the wire adapters of the query service see.
package protocol EventQuery: Sendable {
  /// One page of the events that fit, newest first unless asked otherwise.
  ///
  /// Cancelling the task ends the work. A failure of one source never looks like an empty answer: it is in the page's
  /// report, and `isComplete` is false.
  func events(_ request: EventRequest) async throws(EventQueryError) -> EventPage

  /// Counts the events that fit by time and level, newest first.
  ///
  /// A count that needs more than the budget of a query ends with what it has: the report says so, and is not complete.
  func histogram(_ request: HistogramRequest) async throws(EventQueryError) -> EventHistogram

  /// The services of a tenant, sorted.
  func services(of tenant: TenantID) async throws(EventQueryError) -> ServiceList
}
