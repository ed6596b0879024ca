import Foundation
import Glibc

/// A running program, whose output goes to files in a folder of its own.
final class ProgramProcess: Sendable {
  typealias End = ChildProcess.End

  let folder: ScratchFolder
  private let process: ChildProcess

  /// - Parameters:
  ///   - environment: All that the program sees, beside what finds shared libraries: nothing of the developer's shell.
  ///   - wrapper: A command to run the program by.
  init(
    _ program: BuiltProgram, _ arguments: [String], environment: [String: String] = [:], wrapper: [String] = []
  ) throws {
    folder = try ScratchFolder()
    let kept = ["PATH", "LD_LIBRARY_PATH"].compactMap { name in
      ProcessInfo.processInfo.environment[name].map { (name, $0) }
    }
    process = try ChildProcess(
      wrapper + [try program.path()] + arguments, environment: environment.merging(kept) { own, _ in own },
      output: folder.path(of: "output"), error: folder.path(of: "error"))
  }

  deinit { send(SIGKILL) }

  /// Of the program, as long as it runs.
  var id: Int32 { process.id }
  var isRunning: Bool { process.isRunning }
  /// What it has written so far.
  var output: String { folder.text(of: "output") }
  var error: String { folder.text(of: "error") }

  func send(_ signal: Int32) { process.send(signal) }

  /// Waits for its end. A test that runs out of time kills it.
  func ended() async -> End { await process.ended() }

  /// Runs a program to its end.
  static func run(
    _ program: BuiltProgram, _ arguments: [String], environment: [String: String] = [:], wrapper: [String] = []
  ) async throws -> ProgramOutcome {
    let process = try ProgramProcess(program, arguments, environment: environment, wrapper: wrapper)
    let end = await process.ended()
    return ProgramOutcome(end: end, output: process.output, error: process.error)
  }
}
