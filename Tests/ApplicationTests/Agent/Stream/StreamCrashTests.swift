import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Following a stream through crashes", .timeLimit(.minutes(2)))
struct StreamCrashTests {
  @Test("delivers each line exactly once", arguments: 0..<40)
  func exactlyOnce(seed: UInt64) async throws {
    var random = SeededGenerator(seed: 900 + seed)
    var bench = try StreamBench(journalBytes: Bool.random(using: &random) ? 20_000 : 64 << 20)
    bench.pieceBytes = Int.random(in: 1...400, using: &random)
    bench.options.spoolBytes = Bool.random(using: &random) ? 5_000 : 16 << 20
    bench.options.window.batches = Int.random(in: 1...6, using: &random)
    bench.options.stopTimeout = Bool.random(using: &random) ? .zero : .seconds(3)
    var written: [String] = []
    func write() {
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        written.append("line \(written.count)")
        bench.write(written[written.count - 1] + "\n")
      }
    }
    for _ in 0..<Int.random(in: 2...6, using: &random) {
      await bench.ingestor.set(FakeIngestor.troubled(seed: random.next(), rejects: false))
      if Bool.random(using: &random) { fail(bench, &random) }
      let open = Self.breaking(bench, seed: random.next())
      try await bench.following(open) {
        for _ in 0..<Int.random(in: 0...8, using: &random) {
          write()
          await bench.wait(.milliseconds(Int.random(in: 0...1_500, using: &random)))
        }
      }
      bench.journal.faults.clear()
      if Bool.random(using: &random) { await bench.journal.crash() }
      write()
    }
    await bench.ingestor.set { _ in .take }
    bench.lines.end()
    let report = await bench.followingToItsEnd()
    #expect(await bench.messages == written, "seed \(seed): \(report.end)")
    #expect(await bench.ingestor.verdicts.allSatisfy { $0 == .taken || $0 == .duplicate }, "seed \(seed)")
    #expect(try await bench.journal.pending().isEmpty, "seed \(seed)")
  }

  /// Some step fails, before or after it was done.
  private func fail(_ bench: StreamBench, _ random: inout SeededGenerator) {
    let operation = [InMemoryAgentJournal.Operation.append, .append, .acknowledge, .sources, .pending]
      .randomElement(using: &random)
    guard let operation else { return }
    let failure: AgentJournalError =
      Bool.random(using: &random) ? .rejected(reason: "pulled the plug") : .unavailable(reason: "no space left")
    // An append that was done and says that it was not ends the run: the entry must not be kept twice.
    let isLost = Bool.random(using: &random)
    bench.journal.faults.failNext(
      1, operation, isLost ? .answerLost : .refused, with: isLost ? .rejected(reason: "pulled the plug") : failure)
  }

  /// A stream that breaks off now and then.
  private static func breaking(_ bench: StreamBench, seed: UInt64) -> FollowStream.Opening {
    { cursor throws(LogStreamError) in
      let stream = try InMemoryLogStream(bench.lines, after: cursor, pieceBytes: bench.pieceBytes)
      var random = SeededGenerator(seed: seed &+ UInt64(bench.telemetry.events.count))
      if Int.random(in: 0..<3, using: &random) == 0 {
        stream.faults.failNext(1, .read, .refused, with: .interrupted(name: "memory", reason: "pulled the plug"))
      }
      return stream
    }
  }
}
