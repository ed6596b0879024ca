import Foundation
import Glibc

/// A running program, whose output goes to files in a folder of its own.
final class ProgramProcess: Sendable {
  enum End: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  let folder: ScratchFolder
  private let process: Process
  private let end: Task<End, Never>

  /// - Parameters:
  ///   - environment: All that the program sees, beside what finds shared libraries: nothing of the developer's shell.
  ///   - wrapper: A command to run the program by.
  init(
    _ program: BuiltProgram, _ arguments: [String], environment: [String: String] = [:], wrapper: [String] = []
  ) throws {
    folder = try ScratchFolder()
    process = Process()
    let words = wrapper + [try program.path()] + arguments
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    let kept = ["PATH", "LD_LIBRARY_PATH"].compactMap { name in
      ProcessInfo.processInfo.environment[name].map { (name, $0) }
    }
    process.environment = environment.merging(kept) { own, _ in own }
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try folder.newFile("output")
    process.standardError = try folder.newFile("error")
    let (ends, reporter) = AsyncStream.makeStream(of: End.self)
    process.terminationHandler = { process in
      let status = process.terminationStatus
      reporter.yield(process.terminationReason == .exit ? .exited(status) : .signalled(status))
      reporter.finish()
    }
    end = Task {
      for await end in ends { return end }
      preconditionFailure("the handler reports before it finishes")
    }
    try process.run()
  }

  deinit { if process.isRunning { send(SIGKILL) } }

  var isRunning: Bool { process.isRunning }
  /// What it has written so far.
  var output: String { folder.text(of: "output") }
  var error: String { folder.text(of: "error") }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for its end. A test that runs out of time kills it.
  func ended() async -> End {
    await withTaskCancellationHandler {
      await end.value
    } onCancel: {
      send(SIGKILL)
    }
  }

  /// Runs a program to its end.
  static func run(
    _ program: BuiltProgram, _ arguments: [String], environment: [String: String] = [:], wrapper: [String] = []
  ) async throws -> ProgramOutcome {
    let process = try ProgramProcess(program, arguments, environment: environment, wrapper: wrapper)
    let end = await process.ended()
    return ProgramOutcome(end: end, output: process.output, error: process.error)
  }
}
