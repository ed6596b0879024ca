package import Domain

/// Where an agent's batches go: the ingestor, by whatever wire.
package protocol BatchSink: Sendable {
  /// Asks for limits and placement. Tries servers in turn until one answers or the task is cancelled.
  func terms(for tenant: TenantID) async throws(BatchSinkError) -> IngestTerms

  /// Encodes a batch as it will travel, without what changes from sending to sending (its age).
  func encode(_ batch: OutgoingBatch) -> [UInt8]

  /// Sends an encoded batch and waits for its outcome. Many calls may be under way; they share a connection.
  ///
  /// - Parameter age: How long ago it was first sent, at the time of the call; zero the first time. What it waits here is added.
  /// - Throws: `.unavailable` when the connection broke: the outcome is not known, send it again.
  func send(_ content: [UInt8], of stream: StreamID, age: Duration) async throws(BatchSinkError) -> BatchOutcome
}
