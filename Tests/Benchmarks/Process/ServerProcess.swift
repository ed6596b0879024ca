import Application

/// `cordwood serve` as a child process on free ports.
struct ServerProcess: Sendable {
  let grpcPort: Int
  let httpPort: Int
  let metricsPort: Int
  private let child: ChildProcess

  /// Returns when it says that it is ready.
  static func start(_ bench: Bench, data: String) async throws -> ServerProcess {
    let child = try ChildProcess(
      bench.program,
      [
        "serve", "--data-dir", data, "--grpc-port", "0", "--http-port", "0", "--metrics-port", "0", "--log-level",
        "error",
      ], output: data + ".output", clock: bench.clock)
    for _ in 0..<1_000 {
      try await bench.clock.sleep(for: .milliseconds(10))
      let text = child.text
      if let grpc = port("gRPC", in: text), let http = port("queries", in: text),
        let metrics = port("metrics", in: text),
        text.contains("access")
      {
        return ServerProcess(grpcPort: grpc, httpPort: http, metricsPort: metrics, child: child)
      }
      _ = try child.usage
    }
    throw BenchFailure(description: "the server did not become ready within 10 s")
  }

  var usage: ProcessUsage { get throws { try child.usage } }

  /// Asks it to stop, which makes it write all that is open into chunks, and waits for that.
  ///
  /// - Returns: What it used in all, to within 10 ms.
  func stop() async throws -> ProcessUsage { try await child.stop() }

  /// The number after the last colon of the line that has `word`.
  private static func port(_ word: String, in text: String) -> Int? {
    text.split(separator: "\n").first { $0.contains(word) }?.split(separator: ":").last
      .flatMap { Int($0.prefix { $0.isNumber }) }
  }
}
