import Application
import Domain
import EventIngestContract
import InMemoryAdapter
import Testing

@Suite("taking batches, as promised", .timeLimit(.minutes(1)))
struct IngestContractTests {
  @Test("the use case keeps the promises of its port", arguments: EventIngestPromise.allCases)
  func keeps(_ promise: EventIngestPromise) async throws {
    let pipeline = Pipeline()
    let stage = IngestStage(
      door: DirectIngestDoor(pipeline.ingest) { pipeline.clock.now() },
      taken: { stream in try await Self.messages(of: stream, pipeline.log) },
      overload: { wait in await pipeline.limiter.refuse(for: wait) },
      shutDown: { pipeline.log.faults.failNext(1_000, .placements, with: .closed) })
    try await promise.check(on: stage)
  }

  private static func messages(of stream: StreamID, _ log: InMemoryEventLog) async throws -> [[[UInt8]]] {
    let slice = try await log.read(PartitionID(0), from: 0, limit: 1 << 30, patience: .zero)
    return try slice.records.map { try EventBatch($0.record) }.filter { $0.header.stream == stream }.map { batch in
      (0..<batch.count).map { [UInt8](batch.bytes.span.extracting(batch.messageRange(at: $0))) }
    }
  }
}
