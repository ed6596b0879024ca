import Application
import Domain
import InMemoryAdapter
import Testing

/// A run of an agent over a `TailBench`.
struct FollowingAgent: Sendable {
  private let bench: TailBench
  private let work: Task<DeliveryReport, Never>
  private let time: Task<Void, Never>

  init(_ bench: TailBench) throws {
    self.bench = bench
    let files = try InMemoryLogFiles(bench.tree, patterns: bench.patterns, clock: bench.clock)
    let tail = TailEvents(
      files: files, journal: bench.journal, sink: bench.ingestor, clock: bench.clock,
      identifiers: SeededIdentifiers(seed: 1), telemetry: bench.telemetry, options: bench.options)
    work = Task { await tail() }
    time = Task { [clock = bench.clock] in
      while !Task.isCancelled {
        await clock.waitForSleepers()
        clock.advance(by: .milliseconds(100))
        await Task.yield()
      }
    }
  }

  /// Stops it as Ctrl-C does.
  func stop() async -> DeliveryReport {
    work.cancel()
    let report = await work.value
    time.cancel()
    return report
  }

  /// Waits until the server has so many messages, or the agent's clock is `patience` farther.
  func waitForMessages(_ count: Int, patience: Duration = .seconds(120)) async {
    let deadline = bench.clock.elapsed() + patience
    while await bench.messages.count < count, bench.clock.elapsed() < deadline { await Task.yield() }
  }

  func wait(_ duration: Duration) async {
    let deadline = bench.clock.elapsed() + duration
    while bench.clock.elapsed() < deadline { await Task.yield() }
  }
}
