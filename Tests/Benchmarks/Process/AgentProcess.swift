import Application

/// `cordwood-agent tail` as a child process.
struct AgentProcess: Sendable {
  private let child: ChildProcess

  /// Begins to follow `paths`, with a journal of its own in `state`.
  init(_ bench: Bench, to server: ServerProcess, state: String, following paths: [String]) throws {
    child = try ChildProcess(
      bench.agentProgram,
      ["tail", "--server", "127.0.0.1:\(server.grpcPort)", "--state-dir", state, "--log-level", "error"] + paths,
      output: state + ".output", clock: bench.clock)
  }

  var usage: ProcessUsage { get throws { try child.usage } }

  func stop() async throws -> ProcessUsage { try await child.stop() }
}
