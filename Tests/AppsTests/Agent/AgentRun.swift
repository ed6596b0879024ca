import Composition
import Foundation

@testable import cordwood_agent

/// One run of the agent's program in this process, with a folder of its own for its state.
final class AgentRun: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("agent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ content: [UInt8], as name: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(content).write(to: file)
    return file.path
  }

  struct Result: Sendable {
    let status: ExitCode
    let output: String
    let error: String
  }

  /// Runs the program; its state is in the folder unless the arguments say otherwise.
  func run(_ arguments: String..., port: Int = 1) async throws -> Result { try await run(arguments, port: port) }

  func run(_ arguments: [String], port: Int = 1) async throws -> Result {
    let environment = [
      "STATE_DIR": folder.appendingPathComponent("state").path, "CORDWOOD_SERVER": "127.0.0.1:\(port)",
    ]
    let output = Pipe()
    let error = Pipe()
    let console = Console(
      output: output.fileHandleForWriting.fileDescriptor, error: error.fileHandleForWriting.fileDescriptor,
      environment: [:])
    let status = await AgentCommand.program.run(arguments, environment: environment, console: console)
    return Result(status: status, output: try text(of: output), error: try text(of: error))
  }

  /// Closes the writing end and gives what was written.
  private func text(of pipe: Pipe) throws -> String {
    try pipe.fileHandleForWriting.close()
    return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }
}
