import Composition
import Foundation
import Testing

@testable import cordwood_agent

@Suite("cordwood-agent tail", .timeLimit(.minutes(1)))
struct AgentTailTests {
  private let agent: AgentRun
  private let logs: URL

  init() throws {
    agent = try AgentRun()
    logs = agent.folder.appendingPathComponent("logs")
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
  }

  private func append(_ text: String, to name: String) throws {
    let file = logs.appendingPathComponent(name)
    if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// Runs the command until `body` has returned, then stops it as a signal does.
  private func following(
    _ arguments: String..., port: Int, _ body: () async throws -> Void
  ) async throws -> AgentRun.Result {
    let run = Task { [agent, logs] in try await agent.run(["tail", logs.path] + arguments, port: port) }
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    run.cancel()
    let result = try await run.value
    try outcome.get()
    return result
  }

  private func wait(for condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(10)) }
  }

  private func waitForJournal() async throws {
    let journal = agent.folder.appendingPathComponent("state/journal").path
    try await wait { FileManager.default.fileExists(atPath: journal) }
  }

  @Test("follows files as they grow, rotate and appear, and goes on after a stop")
  func follows() async throws {
    let ingest = CollectingIngest()
    try append("one\n", to: "app.log")
    try await IngestServer.run(ingest) { server in
      let first = try await following("--attribute", "env=test", port: server.port) {
        try await wait { ingest.messages["app"] == ["one"] }
        try append("two\n", to: "app.log")
        try append("other\n", to: "web-1.log")
        try await wait { ingest.messages["app"] == ["one", "two"] && ingest.messages["web-1"] == ["other"] }
      }
      #expect(first.status == .done && first.output.contains("3 events accepted"), "\(first)")
      try FileManager.default.moveItem(
        at: logs.appendingPathComponent("app.log"), to: logs.appendingPathComponent("app.log.1"))
      try append("three\n", to: "app.log.1")
      try append("four\n", to: "app.log")
      let second = try await following(port: server.port) {
        try await wait { ingest.messages["app"]?.count == 4 }
      }
      #expect(second.status == .done, "\(second)")
    }
    #expect(Set(ingest.messages["app"] ?? []) == ["one", "two", "three", "four"])
    ingest.expectTraces()
  }

  @Test("starts without a server and without a file, and says so")
  func waiting() async throws {
    let ingest = CollectingIngest()
    let idle = try await following(port: 1) {
      try await waitForJournal()
      try await Task.sleep(for: .milliseconds(2_500))
    }
    #expect(idle.status == .done, "\(idle)")
    #expect(idle.error.contains("waiting for an answer from 127.0.0.1:1"), "\(idle)")
    try append("one\n", to: "app.log")
    try await IngestServer.run(ingest) { server in
      _ = try await following(port: server.port) { try await wait { ingest.messages["app"] == ["one"] } }
    }
  }

  @Test("joins the lines of an event, from one that matches to the next")
  func multiline() async throws {
    let ingest = CollectingIngest()
    try append("E1 first\ncause\nE2 second\n", to: "app.log")
    try await IngestServer.run(ingest) { server in
      _ = try await following("--multiline", "^E[0-9]", "--multiline-timeout", "200ms", port: server.port) {
        try await wait { ingest.messages["app"]?.count == 2 }
      }
    }
    #expect(ingest.messages["app"] == ["E1 first\ncause", "E2 second"])
  }

  @Test("reads standard input to its end, and ends when all of it is acknowledged")
  func standardInput() async throws {
    let ingest = CollectingIngest()
    try await IngestServer.run(ingest) { server in
      // The shell's words are its own: "$@" is the program and its arguments.
      let outcome = try await ProgramProcess.run(
        .agent,
        [
          "tail", "-", "--server", "127.0.0.1:\(server.port)", "--service", "job", "--state-dir",
          agent.folder.appendingPathComponent("state").path,
        ],
        wrapper: ["/bin/sh", "-c", #"printf 'one\ntwo\nhalf' | "$@""#, "sh"])
      #expect(outcome.end == .exited(0), "\(outcome)")
      #expect(outcome.output.contains("3 events accepted"), "\(outcome)")
    }
    #expect(ingest.messages["job"] == ["one", "two", "half"])
  }

  @Test("follows systemd's journal, and goes on behind what it sent")
  func journal() async throws {
    let ingest = CollectingIngest()
    // In place of journalctl: says what it was asked for as an entry.
    let bin = try fakeJournalctl(
      #"""
      #!/bin/sh
      for word; do case "$word" in --after-cursor=*) after=$word;; --unit=*) unit=$word;; esac; done
      printf '{"__CURSOR":"c%s","__REALTIME_TIMESTAMP":"1700000000000000","MESSAGE":"%s %s"}\n' "$$" "$unit" "$after"
      exec sleep 30
      """#)
    try await IngestServer.run(ingest) { server in
      for count in 1...2 {
        let process = try ProgramProcess(
          .agent,
          [
            "tail", "journald:--unit=web", "--server", "127.0.0.1:\(server.port)", "--state-dir",
            agent.folder.appendingPathComponent("state").path,
          ], wrapper: ["/usr/bin/env", "PATH=\(bin):/usr/bin:/bin"])
        try await wait { ingest.messages["journald"]?.count == count || !process.isRunning }
        process.send(SIGTERM)
        #expect(await process.ended() == .exited(0), "\(process.error)")
      }
    }
    let messages = ingest.messages["journald"] ?? []
    #expect(messages.count == 2)
    #expect(messages.first == "--unit=web ")
    #expect(messages.last?.contains("--unit=web --after-cursor=c") == true, "\(messages)")
  }

  @Test("ends with an empty standard input though no server is there")
  func emptyStandardInput() async throws {
    // Of a program that is started by the tests it is /dev/null.
    let run = try await ProgramProcess.run(
      .agent,
      [
        "tail", "-", "--server", "127.0.0.1:1", "--state-dir", agent.folder.appendingPathComponent("state").path,
      ])
    #expect(run.end == .exited(0), "\(run.error)")
  }

  @Test("leaves no journalctl behind when it is killed")
  func journalOfKilled() async throws {
    let ingest = CollectingIngest()
    // In place of journalctl: one entry, the number of its process; then silence.
    let bin = try fakeJournalctl(
      #"""
      #!/bin/sh
      printf '{"__CURSOR":"c","__REALTIME_TIMESTAMP":"1700000000000000","MESSAGE":"%s"}\n' "$$"
      exec sleep 300
      """#)
    try await IngestServer.run(ingest) { server in
      let process = try ProgramProcess(
        .agent,
        [
          "tail", "journald:", "--server", "127.0.0.1:\(server.port)", "--state-dir",
          agent.folder.appendingPathComponent("state").path,
        ], wrapper: ["/usr/bin/env", "PATH=\(bin):/usr/bin:/bin"])
      try await wait { ingest.messages["journald"]?.count == 1 || !process.isRunning }
      let child = try #require(ingest.messages["journald"]?.first)
      // A process that ended and was not waited for has no words any more.
      let words = URL(fileURLWithPath: "/proc/\(child)/cmdline")
      #expect(try Data(contentsOf: words).isEmpty == false)
      process.send(SIGKILL)
      _ = await process.ended()
      try await wait { (try? Data(contentsOf: words))?.isEmpty ?? true }
    }
  }

  /// - Returns: The folder that it is in, for PATH.
  private func fakeJournalctl(_ script: String) throws -> String {
    let bin = agent.folder.appendingPathComponent("bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    let program = bin.appendingPathComponent("journalctl")
    try Data(script.utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    return bin.path
  }

  @Test("keeps a second agent out of its state folder")
  func secondAgent() async throws {
    let other = try await following(port: 1) {
      try await waitForJournal()
      let second = try await agent.run("tail", logs.path)
      #expect(second.status == .failed && second.error.contains("another agent uses the state folder"), "\(second)")
    }
    #expect(other.status == .done, "\(other)")
  }

  @Test("refuses attributes that it sets itself", arguments: ["file", "offset", "source", "stream"])
  func reservedAttribute(_ name: String) async throws {
    let result = try await agent.run("tail", logs.path, "--attribute", "env=test,\(name)=1")
    #expect(result.status == .wrongUsage, "\(result)")
    #expect(
      result.error.contains("names \"\(name)\"") && result.error.contains("file, offset, source, stream"), "\(result)")
  }

  @Test("says why no server answers")
  func unanswered() async throws {
    let process = try ProgramProcess(
      .agent,
      [
        "tail", logs.path, "--server", "127.0.0.1:1", "--state-dir", agent.folder.appendingPathComponent("state").path,
      ])
    // Of the first word nothing may be known yet; another one comes in ten seconds.
    let words = "waiting for an answer from 127.0.0.1:1: 127.0.0.1:1: "
    try await wait { process.error.contains(words) || !process.isRunning }
    process.send(SIGTERM)
    #expect(await process.ended() == .exited(0))
    #expect(process.error.contains(words), "\(process.error)")
    #expect(process.error.contains("does --server (CORDWOOD_SERVER) name"), "\(process.error)")
  }

  @Test("says what is wrong with its use")
  func usage() async throws {
    #expect(try await agent.run("tail").status == .wrongUsage)
    let mixed = try await agent.run("tail", "-", logs.path)
    #expect(mixed.status == .wrongUsage && mixed.error.contains("'-' is followed by itself"), "\(mixed)")
    for wrong in [["--zone", "Mars"], ["--multiline", "("], ["--attribute", "x"], ["--path-pattern", "a"]] {
      let result = try await agent.run(["tail", logs.path] + wrong)
      #expect(result.status == .wrongUsage && result.error.contains(wrong[0]), "\(result)")
    }
  }
}
