import Composition
import Foundation
import Testing

@testable import cordwood

/// One run of `cordwood query` with its output in files.
struct QueryRun {
  let status: ExitCode
  let output: String
  let error: String

  var lines: [Substring] { output.split(separator: "\n") }

  init(_ arguments: [String], environment: [String: String] = [:]) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cordwood-query-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["output", "error"].map { folder.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    let handles = try files.map { try FileHandle(forWritingTo: $0) }
    let program = Program(
      name: "cordwood", version: "0", summary: "Aggregate logs", commands: [QueryCommand.command])
    let console = Console(
      output: handles[0].fileDescriptor, error: handles[1].fileDescriptor, environment: environment)
    status = await program.run(["query"] + arguments, environment: environment, console: console)
    output = String(decoding: try Data(contentsOf: files[0]), as: UTF8.self)
    error = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    for handle in handles { try handle.close() }
  }
}
