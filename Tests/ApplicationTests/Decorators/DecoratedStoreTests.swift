import Application
import Domain
import InMemoryAdapter
import ObjectStoreContract
import Testing

@Suite("decorators of the object store", .timeLimit(.minutes(1)))
struct DecoratedStoreTests {
  @Test("a store that retries keeps the port's promises", arguments: ObjectStorePromise.allCases)
  func retrying(_ promise: ObjectStorePromise) async throws {
    try await promise.check(on: RetryingObjectStore(InMemoryObjectStore(), clock: ScriptedClock()))
  }

  @Test("a store that is metered keeps the port's promises", arguments: ObjectStorePromise.allCases)
  func metered(_ promise: ObjectStorePromise) async throws {
    let telemetry = RecordingTelemetry()
    try await promise.check(
      on: MeteredObjectStore(InMemoryObjectStore(), clock: ScriptedClock(), telemetry: telemetry))
    #expect(telemetry.count { if case .portCall = $0 { true } else { false } } > 0)
  }

  @Test("asks again while the store is away, with growing pauses, and then gives up")
  func retries() async throws {
    let store = InMemoryObjectStore()
    let clock = ScriptedClock()
    let key = try #require(ObjectKey("a"))
    let policy = RetryPolicy(attempts: 3, firstPause: .seconds(1), maximumPause: .seconds(10))
    let retrying = RetryingObjectStore(store, policy: policy, clock: clock)
    for failures in [2, 3] {
      store.faults.clear()
      store.faults.failNext(failures, .put, with: .unavailable(retryAfter: nil, reason: "away"))
      let put = Task { try await retrying.put([1], at: key) }
      for _ in 1..<3 {
        await clock.waitForSleepers()
        clock.advance(by: .seconds(2))
      }
      switch await put.result {
      case .success: #expect(failures == 2)
      case .failure(let error):
        #expect(failures == 3)
        guard case ObjectStoreError.unavailable = error else { throw SuiteError("\(error)") }
      }
    }
  }

  @Test("does not repeat what is an answer and no fault")
  func answersAreFinal() async throws {
    let store = InMemoryObjectStore()
    let retrying = RetryingObjectStore(store, clock: ScriptedClock())
    let key = try #require(ObjectKey("a"))
    await #expect(throws: ObjectStoreError.self) { try await retrying.get(key, limit: 1) }
    try await retrying.putIfAbsent([1], at: key)
    await #expect(throws: ObjectStoreError.self) { try await retrying.putIfAbsent([2], at: key) }
  }

  @Test(
    "pauses double up to the limit, and follow what the other side asks",
    arguments: [
      (1, nil, 1.0, 100), (2, nil, 1.0, 200), (4, nil, 1.0, 500), (1, nil, 0.0, 50), (1, 900, 1.0, 900),
    ] as [(Int, Int?, Double, Int)])
  func pauses(_ attempt: Int, _ asked: Int?, _ jitter: Double, _ milliseconds: Int) {
    let policy = RetryPolicy(attempts: 5, firstPause: .milliseconds(100), maximumPause: .milliseconds(500))
    let pause = policy.pause(after: attempt, asked: asked.map { .milliseconds($0) }, jitter: jitter)
    #expect(pause == .milliseconds(milliseconds))
    #expect(policy.pause(after: 5, asked: nil, jitter: 0) == nil)
  }
}
