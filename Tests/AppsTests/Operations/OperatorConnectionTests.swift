import Foundation
import Glibc
import Testing
import Transport

@Suite("Operators' commands", .timeLimit(.minutes(2)))
struct OperatorConnectionTests {
  private let folder: ScratchFolder
  private var note: String { folder.path(of: "data/server.json") }

  init() throws { folder = try ScratchFolder() }

  private func list(_ environment: [String: String] = [:]) async throws -> ProgramOutcome {
    let standard = ["DATA_DIR": folder.path(of: "data")]
    return try await ProgramProcess.run(
      .cordwood, ["dlq", "list"], environment: environment.merging(standard) { own, _ in own })
  }

  @Test("work through a running server, and on its folder once it has stopped or was killed", arguments: [false, true])
  func both(isKilled: Bool) async throws {
    let server = try await RunningServer(in: folder)
    #expect(try await list().end == .exited(0))
    if isKilled { await server.kill() } else { await server.stop() }
    #expect(FileManager.default.fileExists(atPath: note) == isKilled)
    let after = try await list()
    #expect(after.end == .exited(0), "\(after.error)")
    // The folder is free again.
    let again = try await RunningServer(in: folder)
    await again.stop()
  }

  @Test("leave the partitions of the log as they are")
  func partitions() async throws {
    let server = try await RunningServer(in: folder, environment: ["LOG_PARTITIONS": "3"])
    await server.stop()
    let before = folder.text(of: "data/log/placements")
    #expect(try await list().end == .exited(0))
    #expect(folder.text(of: "data/log/placements") == before)
  }

  @Test("find a server by a note that is for its owner alone")
  func noteOfAServer() async throws {
    let server = try await RunningServer(in: folder)
    let attributes = try FileManager.default.attributesOfItem(atPath: note)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: note))) as? [String: Any]
    #expect(object?["url"] as? String == "http://127.0.0.1:\(server.ports.metrics)")
    let token = try #require(object?["token"] as? String)
    #expect(token.utf8.count == 64)
    await server.stop()
    #expect(!server.process.error.contains(token))
    #expect(!server.process.output.contains(token))
  }

  @Test("say what to do where there is no data folder")
  func noFolder() async throws {
    let run = try await list(["DATA_DIR": folder.path(of: "nowhere")])
    #expect(run.end == .exited(1))
    #expect(
      run.error.contains("there is no data folder '\(folder.path(of: "nowhere"))': --data-dir (DATA_DIR)"),
      "\(run.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "nowhere")))
  }

  @Test(
    "make nothing in a folder that is no data folder",
    arguments: [["dlq", "list"], ["dlq", "drop"], ["index", "rebuild"], ["index", "init"], ["index", "new-epoch"]])
  func otherFolder(_ command: [String]) async throws {
    let other = folder.path(of: "other")
    // As in /var: one name of ours alone says nothing.
    try FileManager.default.createDirectory(atPath: other + "/log", withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: other + "/precious"))
    let run = try await ProgramProcess.run(.cordwood, command, environment: ["DATA_DIR": other])
    #expect(run.end == .exited(1))
    #expect(run.error.contains("there is no data folder '\(other)': --data-dir (DATA_DIR)"), "\(run.error)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: other).sorted() == ["log", "precious"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: other + "/log").isEmpty)
  }

  @Test("work on a data folder of which index and log are lost")
  func lostParts() async throws {
    let server = try await RunningServer(in: folder)
    await server.stop()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "data"))
    where name.hasPrefix("index.sqlite") || name == "log" {
      try FileManager.default.removeItem(atPath: folder.path(of: "data/\(name)"))
    }
    let run = try await ProgramProcess.run(
      .cordwood, ["index", "rebuild"], environment: ["DATA_DIR": folder.path(of: "data")])
    #expect(run.end == .exited(0), "\(run.error)")
  }

  /// Root may read everything, so the program runs as nobody; where nobody may not run it, there is nothing to try.
  @Test("say what to do when they may not read the folder", .enabled(if: ServeRefusalTests.nobodyMayRunIt))
  func notPermitted() async throws {
    let server = try await RunningServer(in: folder)
    let run = try await ProgramProcess.run(
      .cordwood, ["dlq", "list", "--data-dir", folder.path(of: "data")], wrapper: ServeRefusalTests.asNobody)
    #expect(run.end == .exited(1))
    #expect(run.error.contains("run this as the user that the server runs as"), "\(run.error)")
    await server.stop()
  }

  @Test("say what to do when the server that has the folder does not answer")
  func noAnswer() async throws {
    let server = try await RunningServer(in: folder)
    try rewrite("\"http://127.0.0.1:\(server.ports.metrics)\"", by: "\"http://127.0.0.1:1\"")
    let run = try await list()
    #expect(run.end == .exited(1))
    #expect(run.error.contains("does not answer"), "\(run.error)")
    #expect(run.error.contains("try again in a moment"), "\(run.error)")
    await server.stop()
  }

  @Test("say what to do when the note is damaged or missing, without repeating it")
  func badNote() async throws {
    let server = try await RunningServer(in: folder)
    try folder.write(Array("{\"token\": \"feedface\", \"url\": 7}".utf8), to: "data/server.json")
    let damaged = try await list()
    #expect(damaged.end == .exited(1))
    #expect(damaged.error.contains("server.json' is not as a server writes it: restart the server"), "\(damaged.error)")
    #expect(!damaged.error.contains("feedface"))
    try FileManager.default.removeItem(atPath: note)
    let missing = try await list()
    #expect(missing.end == .exited(1))
    #expect(missing.error.contains("has left no server.json there"), "\(missing.error)")
    await server.stop()
  }

  @Test("say what to do when the server is an older one that does not know them")
  func olderServer() async throws {
    let server = try await RunningServer(in: folder)
    // The query port is one that knows nothing below /admin/.
    try rewrite(":\(server.ports.metrics)\"", by: ":\(server.ports.http)\"")
    let run = try await list()
    #expect(run.end == .exited(1))
    #expect(run.error.contains("it is of another version than this command"), "\(run.error)")
    await server.stop()
  }

  @Test("are for who knows the token, on the metrics port alone")
  func token() async throws {
    let server = try await RunningServer(in: folder)
    try rewrite("\"token\" : \"", by: "\"token\" : \"0")
    let run = try await list()
    #expect(run.end == .exited(1))
    #expect(run.error.contains("does not know the token of server.json"), "\(run.error)")
    #expect(try await server.get("/admin/v1/dead-letters/list", port: server.ports.metrics).status == 405)
    #expect(try await server.get("/admin/v1/dead-letters/list", port: server.ports.http).status == 404)
    await server.stop()
  }

  private func rewrite(_ old: String, by new: String) throws {
    let text = folder.text(of: "data/server.json")
    try #require(text.contains(old), "\(text)")
    try folder.write(Array(text.replacing(old, with: new).utf8), to: "data/server.json")
  }
}
