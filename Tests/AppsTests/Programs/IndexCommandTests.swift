import Foundation
import Glibc
import Testing

@Suite("cordwood index", .timeLimit(.minutes(5)))
struct IndexCommandTests {
  private let folder: ScratchFolder
  private var index: String { folder.path(of: "data/index.sqlite") }

  init() throws { folder = try ScratchFolder() }

  private static let environment = [
    "LOG_PARTITIONS": "3", "FLUSH_AGE": "300ms", "SNAPSHOT_INTERVAL": "1h", "LOG_KEEP_BYTES": "0",
  ]
  private static let services = ["web", "api", "Größe der Welt", "db"]

  private func server() async throws -> RunningServer {
    try await RunningServer(in: folder, environment: Self.environment)
  }

  /// Two tenants, four services, a few thousand events over three hours of log time; several flushes a round.
  private func feed(_ server: RunningServer, round: Int) async throws {
    let levels = ["DEBUG", "INFO", "WARN", "ERROR"]
    for tenant in ["default", "acme"] {
      for (number, service) in Self.services.enumerated() {
        let lines = (0..<300).map { event in
          let time = 1_795_521_600_000 + (event * 36_000 + round * 700 + number) % 10_800_000
          return
            #"{"timestamp":\#(time),"service":"\#(service)","level":"\#(levels[event % 4])","#
            + #""message":"request \#(event) of round \#(round) took \#(event * 7 % 100) ms","n":\#(event)}"#
        }
        let file = try folder.write(
          Array((lines.joined(separator: "\n") + "\n").utf8), to: "\(tenant)-\(round)-\(number)")
        let outcome = try await ProgramProcess.run(
          .agent,
          [
            "import", "--server", "127.0.0.1:\(server.ports.grpc)", "--tenant", tenant, "--state-dir",
            folder.path(of: "state-\(tenant)"), file,
          ])
        try #require(outcome.end == .exited(0), "\(outcome.error)")
      }
    }
  }

  /// 50 of them.
  private static let requests: [[String: String]] = {
    let filters: [[String: String]] = [
      [:], ["service": "\"web\""], ["service": "\"Größe der Welt\"", "level": "\"ERROR\""], ["contains": "\"round 1\""],
      ["from_ts": "1795522600000", "to_ts": "1795526200000"],
    ]
    return (0..<50).map { number in
      var request = filters[number % filters.count]
      request["tenant_id"] = number % 2 == 0 ? "\"default\"" : "\"acme\""
      request["limit"] = "\([7, 100, 1_000, 33, 250][number / 10])"
      if number % 10 > 4 { request["min_level"] = request["level"] == nil ? "\"WARN\"" : nil }
      return request
    }
  }()

  private func flushed(_ server: RunningServer) async throws {
    for partition in 0..<3 {
      let gauge = "cordwood_processor_open_events{partition=\"\(partition)\"}"
      while true {
        let metrics = try await server.get("/metrics", port: server.ports.metrics).body
        if !metrics.contains(gauge) || metrics.contains("\(gauge) 0\n") { break }
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  private func rebuild() async throws -> ProgramOutcome {
    try await ProgramProcess.run(.cordwood, ["index", "rebuild", "--data-dir", folder.path(of: "data")])
  }

  private func removeIndex() throws {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: index + suffix) }
  }

  private func removeSnapshots(keeping count: Int = 0) throws {
    for partition in 0..<3 {
      let path = folder.path(of: "data/objects/objects/_system/index/\(partition)")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      for name in names.sorted().dropFirst(count) { try FileManager.default.removeItem(atPath: path + "/" + name) }
    }
  }

  @Test("rebuild gives back 50 queries, page by page and byte for byte, whatever is left")
  func rebuilds() async throws {
    var server = try await server()
    try await feed(server, round: 0)
    try await feed(server, round: 1)
    await server.stop()
    // A snapshot of each partition is there now, and none of what follows.
    server = try await self.server()
    try await feed(server, round: 2)
    try await flushed(server)
    let recorded = try await RecordedQueries.record(Self.requests, on: server)
    #expect(recorded.isComplete && recorded.pageCount > 100)
    await server.kill()

    try removeIndex()
    server = try await self.server()
    try await expectIncomplete(server)
    var outcome = try await rebuild()
    #expect(outcome.end == .exited(0), "\(outcome.error)")
    #expect(outcome.output.contains("partition 2: ") && outcome.output.contains("from the snapshot of commit"))
    // Each owner looks by itself; until it has, and while it takes over, an answer may be incomplete.
    // Told twice: when it found no index, and when it found another.
    for partition in 0..<3 {
      let count = "cordwood_processor_failed_flushes_total{partition=\"\(partition)\"} 2"
      while try await !server.get("/metrics", port: server.ports.metrics).body.contains(count) { try await pause() }
    }
    try await waitUntilReady(server)
    try await recorded.expectSame(on: server, "from snapshots and what came after, through the running server")
    await server.kill()

    // Without any snapshot, with the folder's lock, after a rebuild that was killed in its midst.
    try removeIndex()
    try removeSnapshots()
    let killed = try ProgramProcess(.cordwood, ["index", "rebuild", "--data-dir", folder.path(of: "data")])
    while !FileManager.default.fileExists(atPath: index) && killed.isRunning { await Task.yield() }
    killed.send(SIGKILL)
    _ = await killed.ended()
    outcome = try await rebuild()
    #expect(outcome.end == .exited(0), "\(outcome.error)")
    server = try await self.server()
    try await waitUntilReady(server)
    try await recorded.expectSame(on: server, "from objects alone, after a rebuild that was killed")
    await server.stop()
  }

  @Test("of a running server that loses its file is noticed, and rebuilt without a restart")
  func lostWhileRunning() async throws {
    let server = try await server()
    try await server.take(Lines.make(200), in: folder)
    try await flushed(server)
    try removeIndex()
    let body = #"{"limit": 10}"#
    while try await server.post("/v1/query", body).contains(#""complete":true"#) { try await pause() }
    // What was open can be read still.
    #expect(try await server.post("/v1/query", body).contains("event 199 of many"))
    let ready = try await server.get("/health/ready", port: server.ports.metrics)
    #expect(ready.status == 503 && ready.body.contains("removed or replaced"), "\(ready.body)")
    #expect(ready.body.contains("run 'cordwood index rebuild'") && !ready.body.contains("corrupt("), "\(ready.body)")
    let outcome = try await rebuild()
    #expect(outcome.end == .exited(0), "\(outcome.error)")
    try await waitUntilReady(server)
    while try await !server.post("/v1/query", body).contains(#""complete":true"#) { try await pause() }
    #expect(try await server.messages() == Lines.messages(200).sorted())
    await server.stop()
  }

  @Test("that is damaged is refused at start, and rebuild moves it aside")
  func damaged() async throws {
    let first = try await server()
    try await first.take(Lines.make(100), in: folder)
    await first.stop()
    #expect(!FileManager.default.fileExists(atPath: index + "-wal"), "a stop leaves no log beside the index")
    try Data(repeating: 0xEE, count: 50_000).write(to: URL(fileURLWithPath: index))
    let refused = try RunningServer.start(in: folder, environment: Self.environment)
    #expect(await refused.ended() == .exited(1))
    #expect(refused.error.contains("cordwood index rebuild"), "\(refused.error)")
    let outcome = try await rebuild()
    #expect(outcome.end == .exited(0), "\(outcome.error)")
    #expect(folder.files(below: "data", endingIn: ".sqlite").count == 1)
    let again = try await server()
    try await waitUntilReady(again)
    #expect(try await again.messages() == Lines.messages(100).sorted())
    await again.stop()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "data"))
    #expect(names.contains { $0.hasPrefix("index.sqlite.aside-") }, "\(names)")
  }

  @Test("init is refused where there is something to lose, unless that is said")
  func initialise() async throws {
    let first = try await server()
    try await first.take(Lines.make(10), in: folder)
    await first.stop()
    let arguments = ["index", "init", "--data-dir", folder.path(of: "data")]
    let second = try await ProgramProcess.run(.cordwood, arguments)
    #expect(second.end == .exited(1) && second.error.contains("already"), "\(second.error)")
    try removeIndex()
    let lost = try await ProgramProcess.run(.cordwood, arguments)
    #expect(lost.end == .exited(1) && lost.error.contains("cordwood index rebuild"), "\(lost.error)")
    let consent = try await ProgramProcess.run(.cordwood, arguments + ["--discard"])
    #expect(consent.end == .exited(0), "\(consent.error)")
  }

  private func expectIncomplete(_ server: RunningServer) async throws {
    let answer = try await server.post("/v1/query", #"{"limit": 1}"#)
    #expect(answer.contains(#""complete":false"#) && answer.contains("index_not_whole"), "\(answer)")
    #expect(try await server.get("/health/ready", port: server.ports.metrics).status == 503)
  }

  private func waitUntilReady(_ server: RunningServer) async throws {
    while try await server.get("/health/ready", port: server.ports.metrics).status != 200 { try await pause() }
    let body = #"{"limit": 1}"#
    while try await !server.post("/v1/query", body).contains(#""complete":true"#) { try await pause() }
  }

  private func pause() async throws { try await Task.sleep(for: .milliseconds(20)) }
}
