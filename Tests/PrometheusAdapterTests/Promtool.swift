import Foundation
import TestSupport

/// Prometheus' own checker of expositions.
enum Promtool {
  /// The first on the PATH, to which `make test` adds the one that `make deps` unpacks.
  private static let path =
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/promtool" }.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "promtool"

  static let isInstalledOrRequired = NeededService.isThereOrRequired(program: path)

  static func check(_ exposition: [UInt8]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["check", "metrics"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    // Before anything is read: promtool reads all of its input first.
    try input.fileHandleForWriting.write(contentsOf: Data(exposition))
    try input.fileHandleForWriting.close()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
