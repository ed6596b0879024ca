import Foundation
import TestSupport

/// The Python of the test tools (grpcio, protobuf), which `CORDWOOD_TEST_PYTHON` names. Required where services are.
enum PythonTool {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a script of `Tests/GRPCAdapterTests/Python` and returns what it prints; on a thread of its own.
  ///
  /// - Throws: If it ends with another status than 0, with the end of what it printed.
  static func run(_ script: String, _ arguments: [String], input: String = "") async throws -> String {
    guard let python = NeededService.python else {
      throw Failure(description: "CORDWOOD_TEST_PYTHON is not set: expected the Python of the test tools")
    }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = folder.appendingPathComponent("Python/\(script)").path
    return try await ShellCommand.run(python, ["-B", path] + arguments, input: Data(input.utf8))
  }
}
