import Foundation
import TestSupport
import Testing

@Suite(
  "The page in a real browser", .timeLimit(.minutes(10)),
  .enabled(
    if: NeededService.isPythonThereOrRequired, "set CORDWOOD_TEST_PYTHON to the Python of Tests/requirements.txt"))
struct PageIntegrationTests {
  /// One run of `Tests/Browser/run.py`, which starts a server, fills it by the agent, and lists what failed.
  @Test("does what people and their keyboards, phones and logs do to it")
  func browser() async throws {
    let folder = try ScratchFolder()
    let python = try #require(NeededService.python, "there is no Python to drive the browser with")
    let programs = URL(fileURLWithPath: try BuiltProgram.cordwood.path()).deletingLastPathComponent().path
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Browser/run.py").path
    let process = try ChildProcess(
      [python, "-B", script],
      environment: ProcessInfo.processInfo.environment.merging(["CORDWOOD_TEST_PROGRAMS": programs]) { $1 },
      output: folder.path(of: "output"), error: folder.path(of: "error"))
    let end = await process.ended()
    let report = folder.text(of: "output") + folder.text(of: "error")
    #expect(end == .exited(0), "\(report.suffix(20_000))")
    #expect(report.contains("\nOK"), "\(report.suffix(2_000))")
  }
}
