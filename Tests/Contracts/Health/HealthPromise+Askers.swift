import Testing

extension HealthPromise {
  private static let askers = 64

  /// Being alive is no question to the port: one that waits for its backends must not be restarted for it.
  func checkLiveness(_ stage: HealthStage) async throws {
    guard try await stage.door.isAlive() != nil else { return }
    try await stage.takeAway(true)
    let before = await stage.script?.questions
    #expect(try await stage.door.isAlive() == true)
    #expect(await stage.script?.questions == before, "the port was asked whether the process is alive")
  }

  func checkMany(_ stage: HealthStage) async throws {
    try await stage.takeAway(true)
    await stage.script?.hold(Self.askers)
    let reports = await withTaskGroup(of: HealthReport?.self) { group in
      for _ in 0..<Self.askers { group.addTask { try? await stage.door.readiness() } }
      if let script = stage.script {
        let areAllHeld = await stage.eventually { await script.held == Self.askers }
        #expect(areAllHeld, "some askers did not get through while others waited")
        await script.release()
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let isRight = reports.allSatisfy { report in if case .missing = report { true } else { false } }
    #expect(isRight, "an asker among many was told something else")
  }

  func checkSlowAnswer(_ stage: HealthStage) async throws {
    guard let script = stage.script else { return }
    await script.hold(1)
    let slow = Task { try await stage.door.readiness() }
    let isHeld = await stage.eventually { await script.held == 1 }
    #expect(isHeld)
    let quick = Answer { try? await stage.door.readiness() }
    let isAnswered = await stage.eventually { await quick.isThere }
    #expect(isAnswered, "a question waits for another one's answer")
    await script.release()
    #expect(await quick.report == .ready)
    #expect(try await slow.value == .ready)
  }

  func checkCancellation(_ stage: HealthStage) async {
    guard let script = stage.script else { return }
    await script.hold(1)
    let answer = Answer { try? await stage.door.readiness() }
    let isHeld = await stage.eventually { await script.held == 1 }
    #expect(isHeld)
    answer.cancel()
    let hasEnded = await stage.eventually { await answer.isThere }
    #expect(hasEnded, "a cancelled question goes on")
    let isGone = await stage.eventually { await script.held == 0 }
    #expect(isGone, "the port still answers somebody who left")
    await script.release()
    _ = await answer.report
  }
}

/// A question under way, of which one can see whether it was answered.
private actor Answer {
  private let task: Task<HealthReport?, Never>
  private(set) var isThere = false

  init(_ ask: @escaping @Sendable () async -> HealthReport?) {
    task = Task { await ask() }
    Task { await note() }
  }

  var report: HealthReport? { get async { await task.value } }

  nonisolated func cancel() { task.cancel() }

  private func note() async {
    _ = await task.value
    isThere = true
  }
}
