import Application
import Testing

extension LogFilesPromise {
  /// Longer than any adapter needs, so that it does not decide a test on a busy machine.
  private static let patience = Duration.seconds(20)

  func tellsChangedContent(_ stage: some LogFilesStage) async throws {
    try await stage.append("1", to: "a.log")
    try await stage.append("1", to: "b.log")
    let files = try await settled(stage)
    async let changes = files.changes(within: Self.patience)
    try await stage.append("2", to: "b.log")
    switch try await changes {
    case .nothing: Issue.record("a change was not told")
    case .contents(let paths): #expect(paths == [stage.path("b.log")])
    case .anything: break
    }
    try await stage.truncate("a.log", to: 0)
    switch try await files.changes(within: Self.patience) {
    case .nothing: Issue.record("a truncation was not told")
    case .contents(let paths): #expect(paths == [stage.path("a.log")])
    case .anything: break
    }
  }

  func tellsNewNames(_ stage: some LogFilesStage) async throws {
    try await stage.append("1", to: "a.log")
    let files = try await settled(stage)
    async let changes = files.changes(within: Self.patience)
    try await stage.append("2", to: "b.log")
    #expect(try await changes == .anything)
    #expect(try await files.find(known: []).files.count == 2)
    try await stage.rename("a.log", to: "a.log.1")
    try await expectAnything(files)
    try await stage.remove("b.log")
    try await expectAnything(files)
  }

  func tellsWhatHappenedBefore(_ stage: some LogFilesStage) async throws {
    try await stage.append("1", to: "a.log")
    let files = try await settled(stage)
    try await stage.append("2", to: "a.log")
    #expect(try await files.changes(within: Self.patience) != .nothing)
  }

  func losesPatience(_ stage: some LogFilesStage) async throws {
    try await stage.append("1", to: "a.log")
    let files = try await settled(stage)
    let start = ContinuousClock.now
    #expect(try await files.changes(within: .milliseconds(50)) == .nothing)
    #expect(ContinuousClock.now - start >= .milliseconds(50))
    #expect(try await files.changes(within: .zero) == .nothing)
  }

  func stopsWaitingWhenCancelled(_ stage: some LogFilesStage) async throws {
    let files = try await settled(stage)
    let waiting = Task { try await files.changes(within: .seconds(3_600)) }
    // Also in the middle of the wait, where it has begun by then.
    try await Task.sleep(for: .milliseconds(20))
    waiting.cancel()
    let outcome = await waiting.result
    #expect(throws: LogFilesError.cancelled) { try outcome.get() }
    // Others may wait on.
    #expect(try await files.changes(within: .zero) == .nothing)
  }

  /// Files that were looked at, and whose changes until then were told.
  private func settled(_ stage: some LogFilesStage) async throws -> any LogFiles {
    let files = try await stage.files("*.log")
    _ = try await files.find(known: [])
    while try await files.changes(within: .zero) != .nothing { _ = try await files.find(known: []) }
    return files
  }

  private func expectAnything(_ files: any LogFiles) async throws {
    while true {
      switch try await files.changes(within: Self.patience) {
      case .nothing:
        Issue.record("a change of names was not told")
        return
      case .contents: continue
      case .anything: return
      }
    }
  }
}
