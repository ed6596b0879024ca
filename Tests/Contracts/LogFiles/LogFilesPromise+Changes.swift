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
    try await expectNothing(files, within: .milliseconds(50), stage)
    try await expectNothing(files, within: .zero, stage)
  }

  func stopsWaitingWhenCancelled(_ stage: some LogFilesStage) async throws {
    let files = try await settled(stage)
    while true {
      let start = ContinuousClock.now
      _ = try await files.find(known: [])
      let waiting = Task { try await files.changes(within: .seconds(3_600)) }
      // Also in the middle of the wait, where it has begun by then.
      try await Task.sleep(for: .milliseconds(20))
      waiting.cancel()
      switch await waiting.result {
      case .failure(let error):
        #expect(error as? LogFilesError == .cancelled)
        // Others may wait on.
        return try await expectNothing(files, within: .zero, stage)
      case .success(let changes): try expectDue(changes, since: start, stage)
      }
    }
  }

  /// Nothing is told as long as nothing happens, and not before patience is over.
  private func expectNothing(
    _ files: any LogFiles, within patience: Duration, _ stage: some LogFilesStage
  ) async throws {
    while true {
      let start = ContinuousClock.now
      _ = try await files.find(known: [])
      let asked = ContinuousClock.now
      let changes = try await files.changes(within: patience)
      if changes == .nothing {
        #expect(ContinuousClock.now - asked >= patience)
        return
      }
      try expectDue(changes, since: start, stage)
    }
  }

  /// What is told though nothing happened is that it is time for another look, on a machine so busy that it has become that:
  /// the question can then be asked again.
  private func expectDue(
    _ changes: FileChanges, since look: ContinuousClock.Instant, _ stage: some LogFilesStage
  ) throws {
    let interval = try #require(stage.lookInterval, "\(changes) was told, and nothing had happened")
    try #require(changes == .anything && ContinuousClock.now - look >= interval, "\(changes) was told too early")
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
