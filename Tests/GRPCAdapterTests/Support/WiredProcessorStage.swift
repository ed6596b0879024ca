import Application
import Domain
import InProcessAdapter
import RecentEventsSourceContract
import TestSupport
import Transport

@testable import GRPCAdapter

/// A partition's processor that is asked over a socket.
actor WiredProcessorStage: RecentEventsSourceStage {
  /// Whoever asks, as if it were the source.
  private struct Asker: RecentEventsSource {
    let client: GRPCRecentEvents

    func recent(
      in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
    ) async throws(RecentEventsError) -> RecentAnswer {
      try await client.recent(in: partition, tenant: tenant, service: service, range: range, patience: patience)
    }
  }

  nonisolated let base = ProcessorStage()
  nonisolated let source: any RecentEventsSource
  private let loop = EventLoop()
  private let directory = ScriptedProcessors()
  private let client: GRPCRecentEvents
  private let processor: TestProcessor

  init() throws {
    loop.start()
    client = GRPCRecentEvents(
      configuration: GRPCRecentEventsConfiguration(secret: nil), directory: directory, loop: loop, clock: SystemClock())
    source = Asker(client: client)
    processor = try TestProcessor(base.processor, number: 1, loop: loop)
  }

  /// Says in the directory that the processor owns its partition, and one that it does not own.
  func announce() async throws {
    let claims = [partition: Timestamp.epoch, PartitionID(partition.number + 1): .epoch]
    try await directory.announce(await processor.entry(claims), for: .seconds(1_000))
  }

  func close() async {
    await base.stop()
    await client.close()
    await processor.stop()
    loop.stop()
  }

  nonisolated var partition: PartitionID { base.partition }
  nonisolated var limit: Duration { base.limit }
  func start() async throws { try await base.start() }
  func stop() async { await base.stop() }
  func append(_ record: EncodedRecord) async throws { try await base.append(record) }
  func stallReading() async { await base.stallReading() }
  func resumeReading() async { await base.resumeReading() }
  func beginCommit() async { await base.beginCommit() }
  func finishCommit() async { await base.finishCommit() }
  func waitForQuestions(_ count: Int) async { await base.waitForQuestions(count) }
  func pass(_ duration: Duration) async { await base.pass(duration) }
  func halt() async { await base.halt() }
}
