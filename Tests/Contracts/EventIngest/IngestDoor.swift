package import Application

/// Any way to send batches: the use case itself, or a client of a wire adapter that stands before it.
package protocol IngestDoor: Sendable {
  /// - Parameter tenant: As a sender would write it: not checked yet.
  func terms(tenant: String) async throws(IngestRefusal) -> IngestTerms

  func push(_ batch: IngestDraft, tenant: String) async throws(IngestRefusal) -> BatchOutcome
}
