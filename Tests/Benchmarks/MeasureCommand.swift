import Composition
import Foundation
import InProcessAdapter

/// `cordwood-bench measure`: all phases, one after the other, each on a server of its own.
enum MeasureCommand {
  private static let events = Setting(
    "CORDWOOD_EVENTS", .count(in: 10_000...50_000_000), default: 2_000_000,
    "How many events to ingest; they are made before the clock starts, which takes about 250 bytes of memory each.")
  private static let dataDirectory = Setting(
    "DATA_DIR", .path, default: NSTemporaryDirectory(),
    "Folder below which the servers' data goes; removed at the end. What disk it is on decides what a sync costs.")
  private static let server = Setting(
    "CORDWOOD_SERVER_PROGRAM", .path, default: ".build/release/cordwood", "The server to measure.")
  private static let agent = Setting(
    "CORDWOOD_AGENT_PROGRAM", .path, default: ".build/release/cordwood-agent", "The agent to measure.")
  private static let json = Setting("CORDWOOD_JSON", .onOff, default: false, "Print JSON instead of a table.")

  static let command = Command(
    CommandSpecification(
      name: "measure", summary: "Measure a server of its own on free ports",
      discussion: """
        Starts the built server as a child process on free ports with fresh data, and loads it over gRPC and HTTP as agents \
        and users do; then follows files with the built agent. CPU time is read from /proc, so it holds on a busy machine, too; rates and latencies do not.
        """,
      settings: [events, dataDirectory, server, agent, json])
  ) { settings, console in
    let folder = settings[dataDirectory] + "/cordwood-bench-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bench = Bench(
      program: settings[server], agentProgram: settings[agent], folder: folder, clock: SystemClock())
    defer { bench.close() }
    let progress: @Sendable (String) -> Void = { console.note("# \($0)") }
    let report = Report(
      machine: MachineFacts.current(), figures: try await bench.measure(settings[events], progress: progress))
    try console.print(settings[json] ? try report.json() : report.table())
    return .done
  }
}
