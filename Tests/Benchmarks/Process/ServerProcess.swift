import Application
import Foundation

/// `cordwood serve` as a child process on free ports.
final class ServerProcess: Sendable {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let grpcPort: Int
  let httpPort: Int
  private let process: Process
  private let clock: any WallClock

  private init(_ process: Process, grpcPort: Int, httpPort: Int, clock: any WallClock) {
    self.process = process
    self.grpcPort = grpcPort
    self.httpPort = httpPort
    self.clock = clock
  }

  /// A phase that fails leaves no server behind.
  deinit { if process.isRunning { process.terminate() } }

  /// Returns when it says that it is ready.
  static func start(_ bench: Bench, data: String) async throws -> ServerProcess {
    let output = data + ".output"
    guard FileManager.default.createFile(atPath: output, contents: nil) else {
      throw Failure(description: "'\(output)' cannot be written")
    }
    let handle = try FileHandle(forWritingTo: URL(filePath: output))
    let process = Process()
    process.executableURL = URL(filePath: bench.program)
    process.arguments = [
      "serve", "--data-dir", data, "--grpc-port", "0", "--http-port", "0", "--metrics-port", "0", "--log-level",
      "error",
    ]
    process.standardOutput = handle
    process.standardError = handle
    do { try process.run() } catch { throw Failure(description: "'\(bench.program)' cannot be started: \(error)") }
    // Until it is owned by a ServerProcess: an error, or a cancellation, ends it here.
    var isOwned = false
    defer { if !isOwned, process.isRunning { process.terminate() } }
    for _ in 0..<1_000 {
      try await bench.clock.sleep(for: .milliseconds(10))
      let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
      if let grpc = port("gRPC", in: text), let http = port("http://", in: text), text.contains("access") {
        isOwned = true
        return ServerProcess(process, grpcPort: grpc, httpPort: http, clock: bench.clock)
      }
      if !process.isRunning { throw Failure(description: "the server ended at once: \(text)") }
    }
    throw Failure(description: "the server did not become ready within 10 s")
  }

  var usage: ProcessUsage {
    get throws {
      guard let usage = ProcessUsage(of: process.processIdentifier) else {
        throw Failure(description: "the server has ended")
      }
      return usage
    }
  }

  /// Asks it to stop, which makes it write all that is open into chunks, and waits for that.
  ///
  /// - Returns: What it used in all, to within 10 ms.
  func stop() async throws -> ProcessUsage {
    var last = try usage
    process.terminate()
    while process.isRunning, let now = ProcessUsage(of: process.processIdentifier) {
      // A process that is over and not yet collected has no memory any more.
      if now.peakResidentBytes > 0 { last = now }
      try await clock.sleep(for: .milliseconds(5))
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "the server ended with status \(process.terminationStatus)")
    }
    return last
  }

  /// The number after the last colon of the line that has `word`.
  private static func port(_ word: String, in text: String) -> Int? {
    text.split(separator: "\n").first { $0.contains(word) }?.split(separator: ":").last.flatMap { Int($0) }
  }
}
