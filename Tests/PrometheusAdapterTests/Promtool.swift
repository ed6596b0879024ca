import Foundation

/// Prometheus' own checker of expositions.
enum Promtool {
  private static let path = "/usr/bin/promtool"

  static let isInstalledOrRequired =
    FileManager.default.isExecutableFile(atPath: path)
    || ProcessInfo.processInfo.environment["CORDWOOD_REQUIRE_SERVICES"] == "1"

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
