package import Domain

/// Events of one service that will be one batch.
package struct CutBatch: Sendable {
  package let service: ServiceName
  /// At least one.
  package let events: EventColumns

  package init(service: ServiceName, events: EventColumns) {
    self.service = service
    self.events = events
  }
}
