package import Domain

/// Takes batches: what the wire adapters of the ingestor see.
package protocol EventIngest: Sendable {
  /// What a sender has to keep to, and the placement that a new producer begins with.
  func terms(for tenant: TenantID) async throws(EventIngestError) -> IngestTerms

  /// Takes one batch. Returns once its outcome is durable.
  ///
  /// Sending the same batch again (same producer, stream, sequence, content) is always safe.
  func ingest(_ submission: BatchSubmission) async throws(EventIngestError) -> BatchOutcome
}
