import Application
import Domain
import InMemoryAdapter
import RecentEventsSourceContract
import TestSupport
import Testing

@Suite("a partition's processor, asked for recent events", .timeLimit(.minutes(1)))
struct RecentEventsSourceContractTests {
  @Test("keeps the port's promises", arguments: RecentEventsSourcePromise.allCases)
  func keeps(_ promise: RecentEventsSourcePromise) async throws {
    let stage = ProcessorStage()
    do { try await promise.check(on: stage) } catch {
      await stage.stop()
      throw error
    }
    await stage.stop()
  }

  @Test("says that the log's end is not known, and that a question was cancelled meanwhile")
  func logAway() async throws {
    let stage = ProcessorStage()
    try await stage.start()
    stage.log.base.faults.failNext(1, .bounds, with: .unavailable(retryAfter: .zero, reason: "away"))
    stage.log.base.faults.failNext(1, .bounds, with: .cancelled)
    var errors: [RecentEventsError] = []
    for _ in 0..<2 {
      do throws(RecentEventsError) {
        _ = try await stage.processor.recent(
          in: stage.partition, tenant: .default, service: nil, range: .all, patience: .zero)
      } catch { errors.append(error) }
    }
    await stage.stop()
    guard errors.count == 2, case .unavailable = errors[0], case .cancelled = errors[1] else {
      throw SuiteError("told as \(errors)")
    }
  }
}
