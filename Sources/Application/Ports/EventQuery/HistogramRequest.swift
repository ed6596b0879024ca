package import Domain

/// Which events to count, and how finely.
package struct HistogramRequest: Hashable, Sendable {
  package static let defaultBuckets = 60
  package static let maximumBuckets = 500

  package var tenant: TenantID
  /// Nil: all of the tenant's.
  package var service: ServiceName?
  package var predicate: EventPredicate
  /// Buckets of time at most: 1 to `maximumBuckets`.
  package var buckets: Int

  package init(
    tenant: TenantID, service: ServiceName? = nil, predicate: EventPredicate = EventPredicate(),
    buckets: Int = defaultBuckets
  ) {
    self.tenant = tenant
    self.service = service
    self.predicate = predicate
    self.buckets = buckets
  }
}
