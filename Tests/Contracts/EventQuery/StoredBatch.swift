package import Domain

/// Events that were cut once, as a producer sent them: what a stage loads.
package struct StoredBatch: Hashable, Sendable {
  package let tenant: TenantID
  package let service: ServiceName
  package let producer: ProducerID
  package let sequence: UInt64
  package let resource: [Attribute]
  /// In the order in which they were sent: indexes 0, 1, 2, …
  package let events: [Event]

  /// - Parameter drafts: One for each event.
  package init(
    tenant: TenantID, service: ServiceName, producer: ProducerID, sequence: UInt64, resource: [Attribute] = [],
    _ drafts: [EventDraft]
  ) {
    self.tenant = tenant
    self.service = service
    self.producer = producer
    self.sequence = sequence
    self.resource = resource
    events = drafts.enumerated().map { index, draft in
      Event(
        key: OrderKey(
          timestamp: draft.timestamp, service: service, producer: producer, sequence: sequence, index: UInt32(index)),
        severity: draft.severity, severityText: draft.severityText, message: draft.message, traceID: draft.traceID,
        spanID: draft.spanID, attributes: draft.attributes, resource: resource,
        originalTimestamp: draft.originalTimestamp)
    }
  }
}
