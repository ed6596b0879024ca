import RecentEventsContract
import RecentEventsSourceContract
import Testing

@testable import GRPCAdapter

@Suite("Recent events over gRPC", .timeLimit(.minutes(1)))
struct RecentEventsOverGRPCContractTests {
  @Test("keep the port's promises", arguments: RecentEventsPromise.allCases)
  func keeps(_ promise: RecentEventsPromise) async throws {
    try await ProcessorFleet.run(try ProcessorFleet()) { try await promise.check(on: $0) }
  }

  @Test("leave the promises of who owns a partition as they are", arguments: RecentEventsSourcePromise.allCases)
  func keeps(_ promise: RecentEventsSourcePromise) async throws {
    let stage = try WiredProcessorStage()
    try await stage.announce()
    do { try await promise.check(on: stage) } catch {
      await stage.close()
      throw error
    }
    await stage.close()
  }
}
