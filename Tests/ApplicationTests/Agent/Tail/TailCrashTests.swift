import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Following files through crashes and rotations", .serialized, .timeLimit(.minutes(2)))
struct TailCrashTests {
  @Test("delivers each line exactly once, but for what was destroyed before it could be read", arguments: 0..<80)
  func exactlyOnce(seed: UInt64) async throws {
    var random = SeededGenerator(seed: 500 + seed)
    let bench = bench(&random)
    var writers = LogWriters(
      bench.tree, files: Int.random(in: 1...3, using: &random), hasHeader: Bool.random(using: &random),
      seed: random.next())
    var runs: [String] = []
    for _ in 0..<Int.random(in: 2...6, using: &random) {
      await bench.ingestor.set(FakeIngestor.troubled(seed: random.next()))
      let report = try await bench.following { agent in
        fail(agent, bench, &random)
        for _ in 0..<Int.random(in: 0...12, using: &random) {
          writers.act()
          await agent.wait(.milliseconds(Int.random(in: 0...3_000, using: &random)))
        }
      }
      runs.append("\(report.end)")
      bench.journal.faults.clear()
      if Bool.random(using: &random) { await bench.journal.crash() }
      for _ in 0..<Int.random(in: 0...4, using: &random) { writers.act() }
    }

    await bench.ingestor.set { _ in .take }
    let must = writers.written.subtracting(writers.destroyed)
    let report = try await bench.following { agent in
      await agent.wait(.seconds(60))
      let deadline = bench.clock.elapsed() + .seconds(300)
      while bench.clock.elapsed() < deadline, !must.isSubset(of: await bench.messages) { await agent.wait(.seconds(5)) }
    }
    runs.append("\(report.end)")
    let found = await bench.messages.filter { $0 != LogWriters.header }
    let context = "seed \(seed), runs \(runs): \(writers.story.joined(separator: "; "))"
    let lost = must.subtracting(found)
    #expect(lost.isEmpty, "lost \(lost.sorted().prefix(3)) of \(lost.count), \(context)")
    let twice = Dictionary(grouping: found) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(twice.isEmpty, "twice \(twice.sorted().prefix(3)) of \(twice.count), \(context)")
    #expect(Set(found).isSubset(of: writers.written), "seed \(seed): a line that nobody wrote")
    #expect(await bench.ingestor.verdicts.allSatisfy { $0 == .taken || $0 == .duplicate }, "seed \(seed)")
    #expect(try await bench.journal.pending().isEmpty, "seed \(seed)")
  }

  private func bench(_ random: inout SeededGenerator) -> TailBench {
    var bench = TailBench(
      journalBytes: Bool.random(using: &random) ? 20_000 : 64 << 20, reusesInodes: Bool.random(using: &random))
    bench.options.window.batches = Int.random(in: 1...6, using: &random)
    bench.options.spoolBytes = Bool.random(using: &random) ? 5_000 : 16 << 20
    bench.options.maximumOpenFiles = Int.random(in: 1...4, using: &random)
    bench.options.turn.fileBytes = Int.random(in: 1...4_000, using: &random)
    bench.options.turn.loneFileBytes = bench.options.turn.fileBytes
    bench.options.turn.roundBytes = Int.random(in: 1...10_000, using: &random)
    bench.options.turn.roundFiles = Int.random(in: 1...4, using: &random)
    bench.options.stopTimeout = Bool.random(using: &random) ? .zero : .seconds(3)
    // A line cut in two would be no line that was written.
    bench.options.partialLineTimeout = .seconds(7_200)
    return bench
  }

  /// Some step fails, before or after it was done; some of these end the run.
  private func fail(_ agent: FollowingAgent, _ bench: TailBench, _ random: inout SeededGenerator) {
    let operations: [InMemoryAgentJournal.Operation] = [.append, .append, .acknowledge, .sources, .forget, .pending]
    if Bool.random(using: &random), let operation = operations.randomElement(using: &random) {
      let failure: AgentJournalError =
        Bool.random(using: &random) ? .rejected(reason: "pulled the plug") : .corrupt(reason: "pulled the plug")
      bench.journal.faults.failNext(
        1, operation, Bool.random(using: &random) ? .refused : .answerLost, with: failure)
    }
    if Bool.random(using: &random) {
      bench.journal.faults.failNext(2, .append, .refused, with: .unavailable(reason: "no space left on the device"))
    }
    let calls: [InMemoryLogFiles.Operation] = [.find, .changes, .open, .status, .read]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      guard let call = calls.randomElement(using: &random) else { return }
      agent.files.faults.failNext(1, call, with: .unavailable(path: "/logs", reason: "input/output error"))
    }
  }
}
