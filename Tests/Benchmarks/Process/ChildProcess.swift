import Application
import Foundation

/// A program of ours as a child process, its output in a file.
final class ChildProcess: Sendable {
  private let process: Process
  private let output: String
  private let clock: any WallClock

  /// - Parameter output: The file for what it prints.
  init(_ program: String, _ arguments: [String], output: String, clock: any WallClock) throws {
    guard FileManager.default.createFile(atPath: output, contents: nil) else {
      throw BenchFailure(description: "'\(output)' cannot be written")
    }
    let handle = try FileHandle(forWritingTo: URL(filePath: output))
    process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = handle
    process.standardError = handle
    self.output = output
    self.clock = clock
    do { try process.run() } catch { throw BenchFailure(description: "'\(program)' cannot be started: \(error)") }
  }

  /// A phase that fails leaves no process behind.
  deinit { if process.isRunning { process.terminate() } }

  /// What it printed so far.
  var text: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

  var usage: ProcessUsage {
    get throws {
      guard process.isRunning, let usage = ProcessUsage(of: process.processIdentifier) else {
        throw BenchFailure(description: "the process has ended: \(text)")
      }
      return usage
    }
  }

  /// Asks it to stop and waits for that.
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
      throw BenchFailure(description: "the process ended with status \(process.terminationStatus): \(text)")
    }
    return last
  }
}
