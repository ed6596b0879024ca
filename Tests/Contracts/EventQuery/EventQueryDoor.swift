package import Application
package import Domain

/// Any way to ask: the use case itself, or a client of a wire adapter that stands before it.
package protocol EventQueryDoor: Sendable {
  func events(_ request: EventRequest) async throws(EventQueryRefusal) -> EventQueryAnswer

  func histogram(_ request: HistogramRequest) async throws(EventQueryRefusal) -> HistogramAnswer

  func services(of tenant: TenantID) async throws(EventQueryRefusal) -> [String]
}
