import Foundation
import Testing

@Suite("cordwood query and cordwood-agent generate, as programs", .timeLimit(.minutes(2)))
struct QueryProgramTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("print lines for people, and JSON for pipes")
  func formats() async throws {
    let server = try await RunningServer(in: folder)
    try await server.take(Lines.make(5), in: folder)
    let text = try await server.query("--output", "text", "--limit", "1")
    #expect(text.output == "2026-11-24T12:00:00.004Z INFO  web event 4 of many n=4\n")
    #expect(text.error.hasPrefix("1 event, complete\nolder ones follow: "))
    let json = try await server.query("--contains", "event 3")
    #expect(json.lines.count == 1)
    let item = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(item?["message"] as? String == "event 3 of many")
    #expect(item?["timestamp_ns"] as? String == "1795521600003000000")
    let none = try await server.query("--service", "nobody")
    #expect(none.end == .exited(0))
    #expect(none.output.isEmpty)
    #expect(none.error == "0 events, complete\n")
    await server.stop()
  }

  @Test("say where nobody answers")
  func unreachable() async throws {
    let server = try await RunningServer(in: folder)
    await server.stop()
    let run = try await server.query()
    #expect(run.end == .exited(1))
    #expect(run.error.contains("no answer from http://127.0.0.1:\(server.ports.http)"))
  }

  @Test("find all that was generated, for the tenant it was generated for")
  func generated() async throws {
    let server = try await RunningServer(in: folder)
    let run = try await ProgramProcess.run(
      .agent, ["generate", "--count", "2500", "--tenant", "tenant-1", "--server", "127.0.0.1:\(server.ports.grpc)"])
    #expect(run.end == .exited(0), "\(run.error)")
    #expect(run.output.hasPrefix("2,500 events accepted in "), "\(run.output)")
    let found = try await server.query("--tenant", "tenant-1", "--limit", "10000")
    #expect(found.lines.count == 2_500)
    #expect(found.error == "2500 events, complete\n")
    let timeouts = try await server.query("--tenant", "tenant-1", "--level", "ERROR", "--contains", "timeout")
    #expect(!timeouts.lines.isEmpty)
    #expect(try await server.query("--tenant", "default").lines.isEmpty)
    await server.stop()
  }
}
