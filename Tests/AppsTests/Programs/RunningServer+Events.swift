import Testing

extension RunningServer {
  /// `cordwood-agent import` of some lines to it, with the journal in the folder.
  func startImport(_ lines: [UInt8], in folder: ScratchFolder) throws -> ProgramProcess {
    let file = try folder.write(lines, to: "events.ndjson")
    return try ProgramProcess(
      .agent, ["import", "--server", "127.0.0.1:\(ports.grpc)", "--state-dir", folder.path(of: "state"), file])
  }

  /// Imports lines, all of which are acknowledged then.
  func take(_ lines: [UInt8], in folder: ScratchFolder) async throws {
    let process = try startImport(lines, in: folder)
    let end = await process.ended()
    try #require(end == .exited(0), "\(process.error)")
  }
}
