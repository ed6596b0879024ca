import Application
import Domain
import Foundation

/// An agent that follows many files in which nothing happens any more.
struct IdlePhase: Sendable {
  private static let group = "agent, following 10,000 idle files"
  private static let files = 10_000
  private static let linesPerFile = 3
  private static let watched = Duration.seconds(30)
  /// For what the last lines left to do.
  private static let settling = Duration.seconds(3)

  let bench: Bench

  func run(in folder: String) async throws -> [Figure] {
    let logs = folder + "/logs"
    try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
    for number in 0..<Self.files {
      let lines = (0..<Self.linesPerFile).map { "2026-01-01T00:00:00Z INFO line \($0) of file \(number)\n" }.joined()
      try Data(lines.utf8).write(to: URL(filePath: "\(logs)/service-\(number % 100).\(number).log"))
    }
    let server = try await ServerProcess.start(bench, data: folder + "/data")
    let start = bench.clock.elapsed()
    let agent = try AgentProcess(bench, to: server, state: folder + "/state", following: [logs + "/*.log"])
    try await AcknowledgedEvents(port: server.metricsPort, bench: bench).wait(for: Self.files * Self.linesPerFile)
    let read = bench.clock.elapsed() - start
    try await bench.clock.sleep(for: Self.settling)
    let before = try agent.usage
    let began = bench.clock.elapsed()
    try await bench.clock.sleep(for: Self.watched)
    let after = try agent.usage
    let share = (after.cpuSeconds - before.cpuSeconds) / (bench.clock.elapsed() - began).fractionalSeconds
    _ = try await agent.stop()
    _ = try await server.stop()
    return [
      figure("until all was read and acknowledged", read.fractionalSeconds, .seconds),
      figure("processor time for that", before.cpuSeconds, .seconds),
      figure("of a core, over 30 s", share * 100, .percent, aim: .below(3)),
      figure("memory", Double(after.residentBytes) / 1e6, .megabytes, aim: .below(60)),
      figure("peak memory", Double(after.peakResidentBytes) / 1e6, .megabytes, aim: .below(60)),
    ]
  }

  private func figure(_ name: String, _ value: Double, _ unit: Figure.Unit, aim: Aim? = nil) -> Figure {
    Figure(Self.group, name, value, unit, aim: aim)
  }
}
