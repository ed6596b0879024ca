import Foundation
import Testing

@Suite("cordwood dlq", .timeLimit(.minutes(3)))
struct DeadLetterProgramTests {
  private static let quick = ["FLUSH_AGE": "100ms"]
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func dlq(_ arguments: String...) async throws -> ProgramOutcome {
    try await ProgramProcess.run(
      .cordwood, ["dlq"] + arguments, environment: ["DATA_DIR": folder.path(of: "data")])
  }

  private struct Letter: Decodable {
    struct Replay: Decodable { let outcome: String? }
    let number: Int
    let time: String
    let reason: String
    let tenant: String?
    let sequence: UInt64?
    let replay: Replay?
  }

  private func letters(_ arguments: String...) async throws -> [Letter] {
    let run = try await ProgramProcess.run(
      .cordwood, ["dlq", "list", "--output", "json"] + arguments, environment: ["DATA_DIR": folder.path(of: "data")])
    try #require(run.end == .exited(0), "\(run.error)")
    return try run.lines.map { try JSONDecoder().decode(Letter.self, from: Data($0.utf8)) }
  }

  /// Waits until so many letters are published.
  private func waitForLetters(_ count: Int) async throws -> [Letter] {
    while true {
      let found = try await letters("--limit", "100000")
      if found.count >= count { return found }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  private func conflict(_ messages: [String], producer: UInt64 = 1, tenant: String = "default") -> [RunningServer.Batch]
  {
    messages.map { RunningServer.Batch(tenant: tenant, producer: producer, messages: [$0]) }
  }

  @Test("a conflict is listed, shown, replayed, and found once, also after kill -9 and without a server")
  func conflict() async throws {
    let server = try await RunningServer(in: folder, environment: Self.quick)
    try await server.send(conflict(["first", "second \u{1B}[31m"]))
    let letter = try #require(try await waitForLetters(1).first)
    #expect(letter.reason == "sequence-conflict" && letter.tenant == "default" && letter.sequence == 0)
    let shown = try await dlq("show", "\(letter.number)", "--output", "text")
    #expect(shown.end == .exited(0))
    #expect(shown.output.contains("another batch under the same sequence"), "\(shown.output)")
    #expect(shown.output.contains("INFO second \\u{1b}[31m n=0"), "\(shown.output)")
    #expect(try await dlq("show", "\(letter.number)").output.contains(#""message":"second \u001b[31m""#))
    #expect(try await server.messages() == ["first"])

    let replay = try await dlq("replay", "--reason", "sequence-conflict", "--output", "text")
    #expect(replay.end == .exited(0))
    #expect(replay.output == "letter \(letter.number) (sequence-conflict): accepted\n")
    #expect(replay.error == "1 accepted\n")
    let both = ["first", "second \u{1B}[31m"]
    #expect(try await server.messages() == both)
    let again = try await dlq("replay", "--output", "text")
    #expect(again.end == .exited(0))
    #expect(again.output.contains("already, not sent again"), "\(again.output)")
    await server.kill()
    #expect(try await dlq("replay").end == .exited(0))
    #expect(try await dlq("drop").output == "1 dead letter dropped\n")
    let next = try await RunningServer(in: folder)
    #expect(try await next.messages() == both)
    #expect(try await letters().isEmpty)
    await next.stop()
  }

  @Test("each letter's events are found once when the server is killed in the middle of a replay")
  func killedInTheMiddle() async throws {
    let server = try await RunningServer(in: folder, environment: Self.quick)
    let count = 200
    try await server.send(
      (0..<UInt64(count)).flatMap { conflict(["first \($0)", "second \($0)"], producer: $0) })
    _ = try await waitForLetters(count)
    let replaying = try ProgramProcess(
      .cordwood, ["dlq", "replay", "--output", "text"], environment: ["DATA_DIR": folder.path(of: "data")])
    while !replaying.output.contains("accepted"), replaying.isRunning { try await Task.sleep(for: .milliseconds(1)) }
    await server.kill()
    let end = await replaying.ended()
    // Unless it had come to its end before.
    if end != .exited(0) {
      #expect(end == .exited(1))
      #expect(replaying.error.contains("the same command goes on"), "\(replaying.error)")
    }
    let next = try await RunningServer(in: folder, environment: Self.quick)
    #expect(try await dlq("replay").end == .exited(0))
    #expect(try await dlq("replay").end == .exited(0))
    let expected = (0..<count).flatMap { ["first \($0)", "second \($0)"] }.sorted()
    #expect(try await next.messages() == expected)
    #expect(try await letters("--limit", "1000").allSatisfy { $0.replay?.outcome == "accepted" })
    await next.stop()
  }

  @Test("an event that no rule allows stays one letter, however often it is replayed")
  func brokenEvent() async throws {
    let server = try await RunningServer(in: folder)
    try await server.send([.init(messages: ["bad \u{7}"], isBroken: true), .init(sequence: 1, messages: ["good"])])
    let letter = try #require(try await letters().first)
    #expect(letter.reason == "duplicate-attribute")
    let shown = try await dlq("show", "\(letter.number)", "--output", "text")
    #expect(shown.output.contains("two attributes of one key"), "\(shown.output)")
    #expect(!shown.output.contains("\u{7}"))
    #expect(shown.output.contains("message     bad \\u{7}\n"), "\(shown.output)")
    #expect(try await dlq("show", "\(letter.number)").output.contains(#""message":"bad \u0007""#))
    for _ in 0..<2 {
      let replay = try await dlq("replay")
      #expect(replay.end == .exited(1))
      #expect(replay.error == "0 accepted, 1 refused again\n")
    }
    let after = try await letters()
    #expect(after.map(\.number) == [letter.number])
    #expect(after.first?.replay?.outcome == "refused")
    // Said in any case; a failure where the letter was chosen.
    for (arguments, status) in [([], 0), (["\(letter.number)"], 1), (["--reason", "duplicate-attribute"], 1)] {
      let kept = try await ProgramProcess.run(
        .cordwood, ["dlq", "drop"] + arguments, environment: ["DATA_DIR": folder.path(of: "data")])
      #expect(kept.end == .exited(Int32(status)) && kept.output == "0 dead letters dropped\n", "\(arguments)")
      #expect(kept.error.contains("1 was not replayed with success and stays"), "\(kept.error)")
      #expect(kept.error.contains("--force drops them for good"), "\(kept.error)")
    }
    #expect(try await dlq("drop", "--force").output == "1 dead letter dropped\n")
    #expect(try await server.messages() == ["good"])
    let metrics = try await server.get("/metrics", port: server.ports.metrics).body
    let counted = #"cordwood_dead_letter_replays_total{reason="duplicate-attribute",outcome="refused"} 2"#
    #expect(metrics.contains(counted), "\(metrics)")
    await server.stop()
  }

  @Test("what may be stored already is sent with --force alone")
  func force() async throws {
    let server = try await RunningServer(in: folder, environment: Self.quick)
    try await server.send([.init(sequence: 5_000, messages: ["new"]), .init(sequence: 7, messages: ["late"])])
    let letter = try #require(try await waitForLetters(1).first)
    #expect(letter.reason == "behind-window")
    let unforced = try await dlq("replay")
    #expect(unforced.end == .exited(1))
    #expect(unforced.error.contains("1 may be stored already (--force sends them)"), "\(unforced.error)")
    #expect(try await server.messages() == ["new"])
    #expect(try await dlq("replay", "--force", "\(letter.number)").end == .exited(0))
    #expect(try await server.messages() == ["late", "new"])
    await server.stop()
  }

  @Test("letters are chosen by tenant, reason, time and number, with a server and without")
  func selection() async throws {
    let server = try await RunningServer(in: folder, environment: Self.quick)
    try await server.send(
      conflict(["a", "b"], tenant: "one") + conflict(["c", "d"], producer: 2, tenant: "two")
        + [.init(tenant: "two", producer: 3, messages: ["e"], isBroken: true)])
    let all = try await waitForLetters(3)
    try await checkSelection(all)
    await server.stop()
    try await checkSelection(all)
    let conflicts = try await letters("--tenant", "two", "--reason", "sequence-conflict")
    #expect(try await dlq("replay", "--tenant", "two", "--reason", "sequence-conflict").end == .exited(0))
    #expect(try await letters().filter { $0.replay != nil }.map(\.number) == conflicts.map(\.number))
    let next = try await RunningServer(in: folder)
    let found = try await next.query("--tenant", "two", "--output", "text")
    #expect(found.lines.count == 2 && found.output.contains(" d ") && found.output.contains(" c "), "\(found.output)")
    await next.stop()
  }

  private func checkSelection(_ all: [Letter]) async throws {
    #expect(try await letters("--tenant", "one").map(\.tenant) == ["one"])
    #expect(try await letters("--tenant", "two").count == 2)
    #expect(try await letters("--tenant", "three").isEmpty)
    #expect(try await letters("--reason", "duplicate-attribute").map(\.tenant) == ["two"])
    #expect(try await letters("--to", all[1].time).map(\.number) == all.filter { $0.time < all[1].time }.map(\.number))
    #expect(try await letters("--from", "1h").count == 3)
    #expect(try await letters("--to", "1h").isEmpty)
    #expect(try await letters("--limit", "2").map(\.number) == all.prefix(2).map(\.number))
    for wrong in [["show", "999"], ["replay", "999"], ["drop", "999"]] {
      let run = try await ProgramProcess.run(
        .cordwood, ["dlq"] + wrong, environment: ["DATA_DIR": folder.path(of: "data")])
      #expect(run.end == .exited(1))
      #expect(run.error.contains("there is no dead letter 999"), "\(run.error)")
    }
    let word = try await dlq("show", "first")
    #expect(word.end == .exited(2))
    #expect(word.error.contains("\"first\" is no dead letter: expected a number"), "\(word.error)")
  }
}
