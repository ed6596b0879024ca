import RecentEventsSourceContract
import Testing

@Suite("The contract of recent events' sources", .timeLimit(.minutes(1)))
struct RecentEventsSourceSabotageTests {
  @Test("is kept by a right source", arguments: RecentEventsSourcePromise.allCases)
  func isKept(_ promise: RecentEventsSourcePromise) async throws {
    try await promise.check(on: FaultySource(nil))
  }

  @Test("notices a wrong source", arguments: FaultySource.Fault.allCases)
  func notices(_ fault: FaultySource.Fault) async {
    let source = FaultySource(fault)
    await withKnownIssue("\(fault) breaks \(fault.broken)") { try await fault.broken.check(on: source) }
    await source.letGo()
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultySource.Fault.allCases.map(\.broken)) == Set(RecentEventsSourcePromise.allCases))
  }
}
