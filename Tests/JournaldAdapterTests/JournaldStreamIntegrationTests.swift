import Application
import Domain
import Foundation
import InMemoryAdapter
import InProcessAdapter
import LogStreamContract
import Testing

@testable import JournaldAdapter

@Suite(
  "Stream of systemd's journal",
  .enabled(if: JournalFolder.isThereOrRequired, "install systemd-journal-remote: Scripts/deps.sh test"),
  .timeLimit(.minutes(2)))
struct JournaldStreamIntegrationTests {
  @Test("keeps the port's promises", arguments: LogStreamPromise.allCases)
  func keeps(_ promise: LogStreamPromise) async throws {
    try await withJournal { journal in
      try await promise.check(on: JournalStage(journal: journal))
    }
  }

  @Test("its lines are read as events, also those whose message is long or no text")
  func events() async throws {
    try await withJournal { journal in
      try journal.write([
        [
          ("MESSAGE", Array("up".utf8)), ("PRIORITY", [0x33]), ("SYSLOG_IDENTIFIER", Array("web".utf8)),
          ("_SYSTEMD_UNIT", Array("nginx.service".utf8)),
        ],
        [("MESSAGE", [0x61, 0xff, 0x0a, 0x62]), ("PRIORITY", [0x37]), ("_SYSTEMD_UNIT", Array("a.service".utf8))],
        [("MESSAGE", [UInt8](repeating: 0x78, count: 10_000)), ("SYSLOG_IDENTIFIER", Array("big".utf8))],
      ])
      let stream = try await JournalStage(journal: journal).stream(after: nil)
      var lines: [[UInt8]] = []
      while lines.count < 3 {
        let piece = try #require(try await stream.read())
        lines += piece.bytes.split(separator: 0x0a).map { Array($0) }
      }
      await stream.close()
      var scanner = JSONLineScanner(fields: .journald)
      var services: [String] = []
      for line in lines {
        try scanner.scan(line.span)
        services.append(String(decoding: scanner.service, as: UTF8.self))
      }
      #expect(services == ["web", "a.service", "big"])
    }
  }

  @Test("an agent sends each of its entries once, over a restart")
  func following() async throws {
    try await withJournal { folder in
      let stage = JournalStage(journal: folder)
      let sink = MessageSink()
      var options = TailOptions(tenant: .default)
      options.service = try ServiceName("journald")
      options.lines.format = .json
      options.lines.fields = .journald
      let follow = FollowStream(
        "journald",
        open: { cursor throws(LogStreamError) in
          var configuration = JournaldConfiguration()
          configuration.arguments = ["--directory=\(folder.path)"]
          return try await JournaldStream.open(configuration, after: cursor)
        }, journal: InMemoryAgentJournal(producer: ProducerID(Identifier128(high: 1, low: 2))), sink: sink,
        clock: SystemClock(), identifiers: SeededIdentifiers(seed: 1), telemetry: RecordingTelemetry(), options: options
      )
      var written: [String] = []
      for run in 0..<3 {
        let messages = (0..<3).map { "run \(run) entry \($0)" }
        try stage.write(messages)
        written += messages
        let work = Task { await follow() }
        while await sink.messages.count < written.count { try await Task.sleep(for: .milliseconds(20)) }
        work.cancel()
        let report = await work.value
        #expect(report.counts.acceptedEvents == 3, "\(report)")
      }
      #expect(await sink.messages == written)
    }
  }

  @Test("a cursor that is none is lost")
  func lostCursor() async throws {
    try await withJournal { journal in
      try JournalStage(journal: journal).write(["first"])
      let stream = try await JournalStage(journal: journal).stream(after: "nonsense")
      let error = await #expect(throws: LogStreamError.self) { try await stream.read() }
      guard case .cursorLost("journald", let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("status 1: Failed to seek to cursor"))
      #expect(try await stream.read() == nil)
    }
  }

  @Test("begins with what comes from now on if told so")
  func now() async throws {
    try await withJournal { journal in
      let stage = JournalStage(journal: journal)
      try stage.write(["first"])
      var configuration = JournaldConfiguration()
      configuration.arguments = ["--directory=\(journal.path)"]
      configuration.start = .now
      let stream = try await JournaldStream.open(configuration)
      let reading = Task { try await stream.read() }
      // One entry after another, until one lies behind the place where journalctl began.
      let writing = Task {
        for number in 1...500 where !Task.isCancelled { try stage.write(["later \(number)"]) }
      }
      let piece = try #require(try await reading.value)
      writing.cancel()
      _ = await writing.result
      #expect(try !stage.messages(in: piece.bytes).contains("first"))
      await stream.close()
    }
  }

  private func withJournal(_ body: (JournalFolder) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cordwood-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(JournalFolder(folder.path))
  }
}
