import Application
import Domain
import InMemoryAdapter
import Testing

/// A run of an agent over a `TailBench`.
struct FollowingAgent: Sendable {
  /// To script faults.
  let files: InMemoryLogFiles
  private let bench: TailBench
  private let work: Task<DeliveryReport, Never>
  private let time: Task<Void, Never>

  init(_ bench: TailBench) throws {
    self.bench = bench
    let files = try InMemoryLogFiles(bench.tree, patterns: bench.patterns, clock: bench.clock)
    self.files = files
    let tail = TailEvents(
      files: files, journal: bench.agentJournal, sink: bench.sink, clock: bench.clock,
      identifiers: SeededIdentifiers(seed: 1), telemetry: bench.telemetry, options: bench.options)
    work = Task { await tail() }
    time = bench.clock.passing()
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
    while await bench.messages.count < count, bench.clock.elapsed() < deadline { await wait(.milliseconds(100)) }
  }

  func wait(_ duration: Duration) async {
    do throws(CancellationError) { try await bench.clock.sleep(for: duration) } catch {}
  }
}
