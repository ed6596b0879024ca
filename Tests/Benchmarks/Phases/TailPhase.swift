import Application
import Domain
import Foundation

/// An agent that follows a large file.
struct TailPhase: Sendable {
  private static let group = "agent, following one file"
  private static let lines = 1_000_000

  let bench: Bench
  let workload: Workload

  func run(in folder: String) async throws -> [Figure] {
    let path = folder + "/shop.log"
    let (lines, bytes) = try write(to: path, in: folder)
    let server = try await ServerProcess.start(bench, data: folder + "/data")
    let start = bench.clock.elapsed()
    let agent = try AgentProcess(bench, to: server, state: folder + "/state", following: [path])
    try await AcknowledgedEvents(port: server.metricsPort, bench: bench).wait(for: lines)
    let time = bench.clock.elapsed() - start
    let usage = try agent.usage
    _ = try await agent.stop()
    let served = try await server.stop()
    let millions = Double(lines) / 1e6
    return [
      figure("bytes a line", Double(bytes) / Double(lines), .bytes),
      figure("read, journaled and acknowledged durably", Double(lines) / time.fractionalSeconds, .eventsPerSecond),
      figure("agent", usage.cpuSeconds / millions, .cpuSecondsPerMillion),
      figure("server, from socket to chunk", served.cpuSeconds / millions, .cpuSecondsPerMillion),
      figure("agent's peak memory", Double(usage.peakResidentBytes) / 1e6, .megabytes),
    ]
  }

  private func write(to path: String, in folder: String) throws -> (lines: Int, bytes: Int) {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
      throw BenchFailure(description: "'\(path)' cannot be written")
    }
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    var text: [UInt8] = []
    var lines = 0
    var bytes = 0
    for batch in workload.batches {
      if lines >= Self.lines { break }
      text.removeAll(keepingCapacity: true)
      RawText.append(batch, to: &text)
      try file.write(contentsOf: text)
      lines += batch.events.count
      bytes += text.count
    }
    try file.close()
    return (lines, bytes)
  }

  private func figure(_ name: String, _ value: Double, _ unit: Figure.Unit, aim: Aim? = nil) -> Figure {
    Figure(Self.group, name, value, unit, aim: aim)
  }
}
