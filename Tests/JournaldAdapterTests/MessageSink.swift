import Application
import Domain

/// A server that keeps the message of each event that it is sent; batches that come again as well.
actor MessageSink: BatchSink {
  private(set) var messages: [String] = []

  func terms(for tenant: TenantID) throws(BatchSinkError) -> IngestTerms {
    IngestTerms(
      maximumBatchBytes: 1 << 20, maximumSingleEventBatchBytes: 2 << 20, eventLimits: EventLimits(), placementVersion: 1
    )
  }

  nonisolated func encode(_ batch: OutgoingBatch) -> [UInt8] {
    let header = BatchHeader(
      stream: batch.stream, producer: batch.producer, sequence: batch.sequence, digest: 0, placement: batch.placement,
      firstSent: .epoch, received: .epoch)
    return EncodedRecord(header, batch.events).bytes
  }

  func send(_ content: [UInt8], of stream: StreamID, age: Duration) throws(BatchSinkError) -> BatchOutcome {
    do throws(DecodingError) {
      let batch = try EventBatch(EncodedRecord(bytes: content))
      messages += (0..<batch.count).map { row in
        String(repairing: batch.bytes.span.extracting(batch.messageRange(at: row)))
      }
    } catch {
      throw .rejected(reason: "\(error)")
    }
    return .accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])
  }
}
