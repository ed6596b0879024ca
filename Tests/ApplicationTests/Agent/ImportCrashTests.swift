import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("An import that is interrupted", .timeLimit(.minutes(2)))
struct ImportCrashTests {
  /// Runs over and over, each ended by some trouble, until one comes through: every event is there once.
  @Test("delivers each event exactly once, wherever it was interrupted", arguments: 0..<60)
  func exactlyOnce(seed: UInt64) async throws {
    var random = SeededGenerator(seed: 100 + seed)
    var bench = ImportBench(journalBytes: Bool.random(using: &random) ? 200_000 : 64 << 20)
    bench.options.window.batches = Int.random(in: 1...6, using: &random)
    let (content, messages) = ImportBench.content(lines: Int.random(in: 1...9_000, using: &random), seed: seed)
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      script(bench, &random)
      await bench.ingestor.set(FakeIngestor.troubled(seed: random.next()))
      let report = await interrupted(bench, content, &random)
      bench.journal.faults.clear()
      if Bool.random(using: &random) { await bench.journal.crash() }
      if report.end.isComplete { break }
    }
    await bench.ingestor.set { _ in .take }
    let report = await bench.run(content, pieceBytes: Int.random(in: 1...100_000, using: &random))
    #expect(report.end.isComplete, "seed \(seed): \(report.end)")
    #expect(await bench.ingestor.messages == messages, "seed \(seed)")
    #expect(await bench.ingestor.verdicts.allSatisfy { $0 == .taken || $0 == .duplicate }, "seed \(seed)")
    #expect(try await bench.journal.pending().isEmpty, "seed \(seed)")
    let contents = Dictionary(grouping: await bench.ingestor.sendings) { "\($0.stream) \($0.sequence)" }
    #expect(contents.values.allSatisfy { Set($0.map(\.content)).count == 1 }, "seed \(seed): a batch changed")
  }

  /// Some step of the journal fails, before or after it was done.
  private func script(_ bench: ImportBench, _ random: inout SeededGenerator) {
    let operations: [InMemoryAgentJournal.Operation] = [
      .append, .append, .append, .acknowledge, .acknowledge, .checkpoint, .pending, .nextSequences, .placement,
    ]
    guard let operation = operations.randomElement(using: &random), Int.random(in: 0..<3, using: &random) > 0 else {
      return
    }
    bench.journal.faults.failNext(
      1, operation, Bool.random(using: &random) ? .refused : .answerLost, with: .unavailable(reason: "pulled the plug"))
  }

  /// A run that may be cancelled after some progress.
  private func interrupted(
    _ bench: ImportBench, _ content: [UInt8], _ random: inout SeededGenerator
  ) async -> DeliveryReport {
    let limit = Int.random(in: 1...200, using: &random)
    let piece = Int.random(in: 1...30_000, using: &random)
    let (steps, report) = AsyncStream.makeStream(of: Void.self)
    let run = Task {
      let result = await bench.run(content, pieceBytes: piece) { _ in report.yield() }
      report.finish()
      return result
    }
    var seen = 0
    for await _ in steps {
      seen += 1
      if seen == limit { run.cancel() }
    }
    return await run.value
  }
}
