import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Following files through crashes and rotations", .serialized, .timeLimit(.minutes(2)))
struct TailCrashTests {
  /// A rule of the agent's that can be taken out (DESIGN section 4, rules 1 and 3), to show that the checks notice.
  enum Sabotage: CaseIterable {
    /// None is.
    case nothing
    case entriesAreLate, checkpointBeforeAck, cutsAnew, cutsAnewBehind, ackBeforeDurable

    var fault: SabotagedAgentJournal.Fault? {
      switch self {
      case .nothing: .nothing
      case .entriesAreLate: .entriesAreLate
      case .checkpointBeforeAck: .checkpointBeforeAck
      case .cutsAnew: .cutsAnew
      case .cutsAnewBehind: .cutsAnewBehind
      case .ackBeforeDurable: nil
      }
    }
  }

  @Test("delivers each line exactly once, but for what was destroyed before it could be read", arguments: 0..<80)
  func exactlyOnce(seed: UInt64) async throws {
    let problems = try await problems(seed: seed)
    #expect(problems.isEmpty, "seed \(seed): \(problems)")
  }

  @Test("finds nothing with a journal that could be sabotaged and is not", arguments: 0..<40)
  func control(seed: UInt64) async throws {
    let problems = try await problems(seed: seed, .nothing)
    #expect(problems.isEmpty, "seed \(seed): \(problems)")
  }

  @Test("notices each rule that is taken out", arguments: Sabotage.allCases.filter { $0 != .nothing })
  func notices(_ sabotage: Sabotage) async throws {
    // The rarest is noticed in one of twenty.
    for seed: UInt64 in 0..<200 where try await !problems(seed: seed, sabotage).isEmpty {
      // The rule must be to blame, not the schedule.
      if try await problems(seed: seed).isEmpty { return }
    }
    Issue.record("\(sabotage) was not noticed in 200 schedules")
  }

  /// Runs a schedule.
  ///
  /// - Returns: What went wrong, in sentences; empty if nothing did.
  private func problems(seed: UInt64, _ sabotage: Sabotage? = nil) async throws -> [String] {
    var random = SeededGenerator(seed: 500 + seed)
    let bench = bench(&random, sabotage)
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
      if Bool.random(using: &random) { try await bench.crash() }
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
    return try await account(writers, must, bench, "runs \(runs): \(writers.story.joined(separator: "; "))")
  }

  private func account(
    _ writers: LogWriters, _ must: Set<String>, _ bench: TailBench, _ context: String
  ) async throws -> [String] {
    let found = await bench.messages.filter { $0 != LogWriters.header }
    var problems: [String] = []
    let lost = must.subtracting(found)
    if !lost.isEmpty { problems.append("lost \(lost.sorted().prefix(3)) of \(lost.count), \(context)") }
    let twice = Dictionary(grouping: found) { $0 }.filter { $0.value.count > 1 }.keys
    if !twice.isEmpty { problems.append("twice \(twice.sorted().prefix(3)) of \(twice.count), \(context)") }
    if !Set(found).isSubset(of: writers.written) { problems.append("a line that nobody wrote") }
    let isJudgedWell = await bench.ingestor.verdicts.allSatisfy { $0 == .taken || $0 == .duplicate }
    if !isJudgedWell { problems.append("the server took a batch for something else than new or a repeat") }
    if try await !bench.agentJournal.pending().isEmpty { problems.append("a batch was left in the journal") }
    return problems
  }

  private func bench(_ random: inout SeededGenerator, _ sabotage: Sabotage?) -> TailBench {
    let journalBytes = Bool.random(using: &random) ? 20_000 : 64 << 20
    var bench = TailBench(journalBytes: journalBytes, reusesInodes: Bool.random(using: &random))
    if let fault = sabotage?.fault {
      bench.sabotagedJournal = SabotagedAgentJournal(
        fault, producer: bench.journal.producer, limitBytes: journalBytes)
    }
    if sabotage == .ackBeforeDurable { bench.hastySink = HastySink(base: bench.ingestor) }
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
