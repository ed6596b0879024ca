package import Domain

/// The services of a tenant, and how far the list can be trusted.
package struct ServiceList: Hashable, Sendable {
  /// Sorted.
  package let services: [ServiceName]
  /// What may hide services.
  package let shortfalls: [QueryReport.Shortfall]

  package init(services: [ServiceName], shortfalls: [QueryReport.Shortfall] = []) {
    self.services = services
    self.shortfalls = shortfalls
  }

  package var isComplete: Bool { shortfalls.isEmpty }
}
