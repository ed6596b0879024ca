package import Domain

/// Limits that a sender learns before it cuts batches.
package struct IngestTerms: Hashable, Sendable {
  /// Bytes of one encoded batch of several events (1 MiB).
  package let maximumBatchBytes: Int
  /// Bytes of a batch of a single event (2 MiB).
  package let maximumSingleEventBatchBytes: Int
  package let eventLimits: EventLimits
  /// For a producer's first contact; it sends the version with every batch from then on.
  package let placementVersion: UInt32

  package init(
    maximumBatchBytes: Int, maximumSingleEventBatchBytes: Int, eventLimits: EventLimits, placementVersion: UInt32
  ) {
    self.maximumBatchBytes = maximumBatchBytes
    self.maximumSingleEventBatchBytes = maximumSingleEventBatchBytes
    self.eventLimits = eventLimits
    self.placementVersion = placementVersion
  }
}
