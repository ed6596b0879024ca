package import Domain

/// What to look for.
package struct EventRequest: Hashable, Sendable {
  package static let defaultLimit = 100
  package static let maximumLimit = 10_000

  package var tenant: TenantID
  /// Nil: all of the tenant's.
  package var service: ServiceName?
  package var predicate: EventPredicate
  /// 1 to `maximumLimit`.
  package var limit: Int
  /// Where the page before ended, as it said.
  package var cursor: String?

  package init(
    tenant: TenantID, service: ServiceName? = nil, predicate: EventPredicate = EventPredicate(),
    limit: Int = defaultLimit, cursor: String? = nil
  ) {
    self.tenant = tenant
    self.service = service
    self.predicate = predicate
    self.limit = limit
    self.cursor = cursor
  }
}
