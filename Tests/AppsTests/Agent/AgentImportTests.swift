import Composition
import Foundation
import Testing

@testable import cordwood_agent

@Suite("cordwood-agent import", .timeLimit(.minutes(1)))
struct AgentImportTests {
  private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Samples/shop.ndjson").standardizedFileURL.path

  /// Piece by piece: tens of thousands of lines must not keep a thread of the pool for seconds, in a debug build.
  private static func lines(_ count: Int, _ word: String = "x") -> [UInt8] {
    var lines: [UInt8] = []
    for number in 0..<count {
      lines += #"{"ts":"#.utf8
      lines += String(1_700_000_000 + number).utf8
      lines += number.isMultiple(of: 2) ? #","service":"s0","msg":""#.utf8 : #","service":"s1","msg":""#.utf8
      lines += word.utf8
      lines += " ".utf8
      lines += String(number).utf8
      lines += "\"}\n".utf8
    }
    return lines
  }

  @Test("ships the sample logs once, however often it is run")
  func samples() async throws {
    let ingest = CollectingIngest()
    try await IngestServer.run(ingest) { server in
      let agent = try AgentRun()
      let first = try await agent.run("import", Self.samples, port: server.port)
      // On a busy machine it may say there that it waits.
      #expect(first.status == .done && !first.error.contains("error"), "\(first)")
      #expect(first.output.hasPrefix("1,128 events of '\(Self.samples)' accepted in "), "\(first.output)")
      let again = try await agent.run("import", Self.samples, port: server.port)
      #expect(again.status == .done && again.output.contains("was imported before: nothing was sent"), "\(again)")
    }
    #expect(ingest.messages.keys.sorted() == ["cart", "checkout", "inventory", "payments", "web"])
    #expect(ingest.messages.values.reduce(0) { $0 + $1.count } == 1_128)
  }

  @Test("ships each event once although connections break and the agent is interrupted", arguments: 0..<5)
  func interrupted(round: Int) async throws {
    let ingest = CollectingIngest()
    let agent = try AgentRun()
    let path = try agent.write(Self.lines(60_000, "round \(round)"), as: "app.ndjson")
    try await IngestServer.run(ingest) { server in
      for attempt in 0..<4 {
        let seen = ingest.batches
        let run = Task { try await agent.run("import", path, port: server.port) }
        while ingest.batches < seen + 3 + round * attempt, !run.isCancelled,
          ingest.messages.values.reduce(0, { $0 + $1.count }) < 60_000
        {
          await Task.yield()
        }
        if attempt.isMultiple(of: 2) { try await server.breakConnections() } else { run.cancel() }
        let result = try await run.value
        #expect(result.status == .done || result.error.contains("run the same command again"), "\(result)")
      }
      let last = try await agent.run("import", path, port: server.port)
      #expect(last.status == .done, "\(last)")
    }
    let found = ingest.messages.values.flatMap { $0 }
    #expect(found.count == 60_000 && Set(found).count == 60_000)
    ingest.expectTraces()
  }

  @Test("names a bad line and the setting that helps, and passes over it if told to")
  func badLine() async throws {
    let ingest = CollectingIngest()
    let agent = try AgentRun()
    let path = try agent.write(Self.lines(2) + Array(#"{"ts":1,"service":"s","log":"m"}"#.utf8), as: "app.ndjson")
    try await IngestServer.run(ingest) { server in
      let stopped = try await agent.run("import", path, port: server.port)
      #expect(stopped.status == .failed)
      #expect(
        stopped.error.contains("app.ndjson', line 3, column 1: the line has no message: looked for 'message', 'msg'"))
      #expect(stopped.error.contains("--message-field") && stopped.error.contains("--skip-bad-lines"))
      #expect(ingest.messages.isEmpty)
      let skipped = try await agent.run("import", path, "--skip-bad-lines", port: server.port)
      #expect(skipped.status == .done && skipped.output.contains("1 line skipped"), "\(skipped)")
    }
    #expect(ingest.messages.values.reduce(0) { $0 + $1.count } == 2)
  }

  @Test("unpacks gzip, and says where a file of it is cut off")
  func gzip() async throws {
    // printf '{"ts":1,"service":"s","msg":"packed"}\n' | gzip -n | base64
    let packed = try #require(
      Data(base64Encoded: "H4sIAAAAAAACA6tWKilWsjLUUSpOLSrLTE5VslIqVtJRyi1OB7IKEpOzU1OUarkAiifiRyYAAAA="))
    let ingest = CollectingIngest()
    let agent = try AgentRun()
    let whole = try agent.write(Array(packed), as: "whole.gz")
    let cutOff = try agent.write(Array(packed.dropLast(9)), as: "cut.gz")
    try await IngestServer.run(ingest) { server in
      let damaged = try await agent.run("import", cutOff, port: server.port)
      #expect(damaged.status == .failed && damaged.error.contains("cut.gz' is damaged"), "\(damaged)")
      #expect(try await agent.run("import", whole, port: server.port).status == .done)
    }
    #expect(ingest.messages == ["s": ["packed"]])
  }

  @Test("says what is wrong with its use, each with its status")
  func usage() async throws {
    let agent = try AgentRun()
    let missing = try await agent.run("import", "/no/such/file")
    #expect(missing.status == .failed && missing.error.contains("there is no file '/no/such/file'"))
    #expect(try await agent.run("import").status == .wrongUsage)
    #expect(try await agent.run("import", "x", "--tenant", "_x").status == .wrongUsage)
  }

  @Test("says so while no server answers, and keeps others out of its state folder")
  func waiting() async throws {
    let agent = try AgentRun()
    let path = try agent.write(Self.lines(2), as: "app.ndjson")
    // Nothing listens on port 1.
    let first = Task { try await agent.run("import", path, port: 1) }
    while !FileManager.default.fileExists(atPath: agent.folder.appendingPathComponent("state").path) {
      await Task.yield()
    }
    try await Task.sleep(for: .milliseconds(1_400))
    let second = try await agent.run("import", path, port: 1)
    #expect(second.status == .failed && second.error.contains("another agent uses the state folder"), "\(second)")
    first.cancel()
    let result = try await first.value
    #expect(result.status == .failed && result.error.contains("waiting for an answer from 127.0.0.1:1"), "\(result)")
  }
}
