import Application
import Domain

/// Takes a batch for accepted whose sending broke: acknowledges what the server may not have.
struct HastySink: BatchSink {
  let base: FakeIngestor

  func terms(for tenant: TenantID) async throws(BatchSinkError) -> IngestTerms { try await base.terms(for: tenant) }

  func encode(_ batch: OutgoingBatch) -> [UInt8] { base.encode(batch) }

  func send(_ content: [UInt8], of stream: StreamID, age: Duration) async throws(BatchSinkError) -> BatchOutcome {
    do throws(BatchSinkError) { return try await base.send(content, of: stream, age: age) } catch {
      guard case .unavailable = error else { throw error }
      return .accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])
    }
  }
}
