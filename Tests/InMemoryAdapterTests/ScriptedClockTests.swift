import Domain
import InMemoryAdapter
import Testing

@Suite("A scripted clock", .timeLimit(.minutes(1))) struct ScriptedClockTests {
  private let clock = ScriptedClock(at: .epoch)

  @Test("moves only by hand")
  func movesByHand() {
    #expect(clock.now() == .epoch)
    clock.advance(by: .seconds(3))
    #expect(clock.now() == Timestamp(nanoseconds: 3_000_000_000))
    #expect(clock.elapsed() == .seconds(3))
  }

  @Test("wakes a sleeper once its time has passed, not before")
  func wakesSleepers() async throws {
    async let short: Void = clock.sleep(for: .seconds(1))
    async let long: Void = clock.sleep(for: .seconds(5))
    await clock.waitForSleepers(2)
    clock.advance(by: .seconds(4))
    try await short
    #expect(clock.sleepers == 1)
    clock.advance(by: .seconds(1))
    try await long
    #expect(clock.sleepers == 0)
  }

  @Test("ends a sleep at once when its task is cancelled")
  func endsCancelledSleep() async {
    let task = Task { [clock] in
      do throws(CancellationError) { try await clock.sleep(for: .seconds(1)) } catch { return true }
      return false
    }
    await clock.waitForSleepers()
    task.cancel()
    #expect(await task.value)
    #expect(clock.sleepers == 0)
  }

  @Test("does not sleep for no time at all", arguments: [Duration.zero, .seconds(-1)])
  func doesNotSleepForNothing(_ duration: Duration) async throws {
    try await clock.sleep(for: duration)
  }

  @Test("lets an operator set the time of day without touching deadlines")
  func setsTimeOfDay() {
    clock.set(to: Timestamp(nanoseconds: 7))
    #expect(clock.now() == Timestamp(nanoseconds: 7))
    #expect(clock.elapsed() == .zero)
  }
}
