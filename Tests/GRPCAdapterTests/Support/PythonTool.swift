import Foundation
import TestSupport

/// The Python of the test tools (grpcio, protobuf), which `CORDWOOD_TEST_PYTHON` names. Required where services are.
enum PythonTool {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a script of `Tests/GRPCAdapterTests/Python` and returns what it prints; on a thread of its own.
  ///
  /// - Throws: If it ends with another status than 0, with its output.
  static func run(_ script: String, _ arguments: [String], input: String = "") async throws -> String {
    guard let python = NeededService.python else {
      throw Failure(description: "CORDWOOD_TEST_PYTHON is not set: expected the Python of the test tools")
    }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = folder.appendingPathComponent("Python/\(script)").path
    return try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try runBlocking(python, [path] + arguments, input) }) }.start()
    }
  }

  private static func runBlocking(_ python: String, _ arguments: [String], _ input: String) throws -> String {
    // Files rather than pipes: neither side has to read while it writes.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordwood-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputFile = folder.appendingPathComponent("input")
    let outputFile = folder.appendingPathComponent("output")
    try Data(input.utf8).write(to: inputFile)
    try Data().write(to: outputFile)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-B"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    let output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(arguments[0]) ended with \(process.terminationStatus):\n\(output.suffix(4000))")
    }
    return output
  }
}
