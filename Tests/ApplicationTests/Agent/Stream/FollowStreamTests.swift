import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Following a stream", .timeLimit(.minutes(1)))
struct FollowStreamTests {
  @Test("sends what comes, and goes on behind it after a stop and after a crash")
  func restarts() async throws {
    let bench = try StreamBench()
    bench.write("one\n")
    try await bench.following {
      await bench.waitForMessages(1)
      bench.write("two\n")
      await bench.waitForMessages(2)
    }
    bench.write("three\n")
    await bench.journal.crash()
    try await bench.following { await bench.waitForMessages(3) }
    try await bench.following { await bench.wait(.seconds(5)) }
    #expect(await bench.messages == ["one", "two", "three"])
    let end = try await bench.journal.sources().first?.end
    #expect(end == SourceCheckpoint(offset: 14, checksum: 0, cursor: "14"))
  }

  @Test("ends with the stream, when all of it is acknowledged", arguments: [true, false])
  func end(hasCursors: Bool) async throws {
    let bench = try StreamBench()
    await bench.ingestor.set { number in number == 0 ? .breakFirst : .take }
    bench.write("one\ntwo\nhalf")
    bench.lines.end()
    let report = await bench.followingToItsEnd { cursor throws(LogStreamError) in
      let stream = try await bench.opening(cursor)
      return hasCursors ? stream : PipeLikeStream(stream: stream)
    }
    guard case .complete = report.end else {
      Issue.record("\(report.end)")
      return
    }
    #expect(report.counts.acceptedEvents == 3)
    #expect(await bench.messages == ["one", "two", "half"])
    #expect(try await bench.journal.pending().isEmpty)
  }

  @Test("ends with a stream of nothing though no server ever answered")
  func endOfNothing() async throws {
    let bench = try StreamBench()
    await bench.ingestor.goAway()
    bench.lines.end()
    let report = await bench.followingToItsEnd { cursor throws(LogStreamError) in
      PipeLikeStream(stream: try await bench.opening(cursor))
    }
    guard case .complete = report.end else {
      Issue.record("\(report.end)")
      return
    }
    #expect(await bench.messages.isEmpty)
  }

  @Test("gathers what comes together into one entry of the journal")
  func gathers() async throws {
    var bench = try StreamBench()
    bench.pieceBytes = 4
    bench.options.batchWait = .seconds(60)
    bench.write((0..<500).map { "line \($0)\n" }.joined())
    try await bench.following { await bench.waitForMessages(500) }
    #expect(await bench.messages == (0..<500).map { "line \($0)" })
    #expect(await bench.ingestor.sendings.count <= 5)
  }

  @Test("joins lines of a stream without cursors, also when they come one by one")
  func multiline() async throws {
    var bench = try StreamBench()
    bench.options.lines.multiline = .indentation
    bench.write("one\n")
    let open: FollowStream.Opening = { [bench] cursor throws(LogStreamError) in
      PipeLikeStream(stream: try await bench.opening(cursor))
    }
    try await bench.following(open) { [bench] in
      await bench.wait(.milliseconds(400))
      bench.write("  more\n")
      await bench.wait(.milliseconds(400))
      bench.write("two\n")
      await bench.waitForMessages(2)
    }
    #expect(await bench.messages == ["one\n  more", "two"])
  }

  @Test("goes on where a stream with cursors broke off")
  func interruption() async throws {
    let bench = try StreamBench()
    bench.write("one\n")
    let open: FollowStream.Opening = { cursor throws(LogStreamError) in
      let stream = try InMemoryLogStream(bench.lines, after: cursor)
      if cursor == "4", !bench.telemetry.hasTrouble {
        stream.faults.failNext(1, .read, .refused, with: .interrupted(name: "memory", reason: "pulled the plug"))
      }
      return stream
    }
    try await bench.following(open) { await bench.waitForMessages(1) }
    bench.write("two\n")
    try await bench.following(open) { await bench.waitForMessages(2) }
    #expect(await bench.messages == ["one", "two"])
    #expect(bench.telemetry.hasTrouble)
  }

  @Test("a stream that cannot be had ends it, and says why")
  func notAvailable() async throws {
    let bench = try StreamBench()
    let report = await bench.followingToItsEnd { _ throws(LogStreamError) in
      throw .notAvailable(name: "memory", reason: "not installed")
    }
    guard case .sourceFailed(.unreadable("memory", reason: "not installed")) = report.end else {
      Issue.record("\(report.end)")
      return
    }
  }
}

extension RecordingTelemetry {
  var hasTrouble: Bool { events.contains { if case .trouble = $0 { true } else { false } } }
}
