package import Foundation

/// A program that a test runs to its end, on a thread of its own: neither a test's task nor its cancellation ends it half way.
package enum ShellCommand {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs it and returns what it prints.
  ///
  /// - Parameters:
  ///   - environment: In addition to the test's own.
  ///   - input: What it reads; nil: nothing.
  /// - Throws: If it ends with another status than 0, with the end of what it printed.
  package static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], input: Data? = nil
  ) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try runBlocking(program, arguments, environment, input) }) }.start()
    }
  }

  private static func runBlocking(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ input: Data?
  ) throws -> String {
    // Files rather than pipes: what it leaves running in the background would keep a pipe open, and neither side has to read
    // while it writes.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordwood-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (output, errors) = (folder.appendingPathComponent("output"), folder.appendingPathComponent("errors"))
    for file in [output, errors] { try Data().write(to: file) }
    let inputFile = folder.appendingPathComponent("input")
    try input?.write(to: inputFile)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input == nil ? FileHandle.nullDevice : try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let printed = String(decoding: try Data(contentsOf: output) + Data(contentsOf: errors), as: UTF8.self)
      let command = ([program] + arguments).joined(separator: " ")
      throw Failure(description: "'\(command)' ended with \(process.terminationStatus):\n\(printed.suffix(4_000))")
    }
    return String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }
}
