import Testing

@testable import Transport

@Suite("Event loop", .timeLimit(.minutes(1)))
struct EventLoopTests {
  @Test("a task that outlives its loop ends all the same")
  func lateTask() async throws {
    let isGo = Signal()
    let (task, isGone) = await Self.orphan(isGo)
    try await eventually(isGone)
    isGo.fire()
    #expect(await task.value == 7)
  }

  /// A task on a loop that is stopped, and whether that is gone.
  private static func orphan(_ isGo: Signal) async -> (Task<Int, Never>, () -> Bool) {
    let loop = EventLoop()
    loop.start()
    let isWaiting = Signal()
    let task = Task(executorPreference: loop.tasks) {
      isWaiting.fire()
      await isGo.wait()
      return 7
    }
    await isWaiting.wait()
    loop.stop()
    return (task, { [weak loop] in loop == nil })
  }
}
