import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Following files", .timeLimit(.minutes(1)))
struct TailEventsTests {
  @Test("sends what is there and what is written later, of old and new files")
  func grows() async throws {
    let bench = TailBench()
    bench.append("one\ntwo\n", to: "/logs/a.log")
    let report = try await bench.following { agent in
      await agent.waitForMessages(2)
      bench.append("three\n", to: "/logs/a.log")
      bench.append("four\r\n", to: "/logs/b.log")
      await agent.waitForMessages(4)
    }
    #expect(await bench.ingestor.messages == ["a": ["one", "two", "three"], "b": ["four"]])
    #expect(report.end.isInterrupted)
    #expect(report.counts.acceptedEvents == 4)
    #expect(try await bench.journal.pending().isEmpty)
    #expect(bench.tree.openFiles == 0)
  }

  @Test("goes on where it was, after a stop and after a crash")
  func restarts() async throws {
    let bench = TailBench()
    bench.append("one\n", to: "/logs/a.log")
    try await bench.following { await $0.waitForMessages(1) }
    bench.append("two\n", to: "/logs/a.log")
    await bench.journal.crash()
    try await bench.following { await $0.waitForMessages(2) }
    try await bench.following { await $0.wait(.seconds(20)) }
    #expect(await bench.messages == ["one", "two"])
  }

  @Test("counts the events of a batch that went to the dead letters as a whole")
  func deadLettered() async throws {
    let bench = TailBench()
    await bench.ingestor.set { $0 == 0 ? .deadLetter(.tooManyStreams) : .take }
    bench.append("one\ntwo\nthree\n", to: "/logs/a.log")
    let report = try await bench.following { agent in
      await agent.wait(.seconds(20))
      bench.append("four\n", to: "/logs/a.log")
      await agent.waitForMessages(1)
    }
    #expect(report.counts.deadLetters == [.tooManyStreams: 3])
    #expect(bench.telemetry.deadLetteredEvents == [.tooManyStreams: 3])
  }

  @Test("sends a line without its end after a while, and the rest as another event")
  func partialLine() async throws {
    let bench = TailBench()
    bench.append("one\nhal", to: "/logs/a.log")
    try await bench.following { agent in
      await agent.waitForMessages(1)
      await agent.wait(.seconds(3))
      #expect(await bench.messages == ["one"])
      bench.append("f\n", to: "/logs/a.log")
      await agent.waitForMessages(2)
      bench.append("thr", to: "/logs/a.log")
      await agent.waitForMessages(3)
      bench.append("ee\n", to: "/logs/a.log")
      await agent.waitForMessages(4)
    }
    #expect(await bench.messages == ["one", "half", "thr", "ee"])
  }

  @Test("reads a renamed file to its end, and the new one of its name")
  func rotation() async throws {
    let bench = TailBench()
    var other = bench
    other.patterns = ["/logs/a.log"]
    bench.append("one\n", to: "/logs/a.log")
    try await other.following { agent in
      await agent.waitForMessages(1)
      bench.append("two\n", to: "/logs/a.log")
      bench.tree.rename("/logs/a.log", to: "/logs/a.log.1")
      bench.append("three\n", to: "/logs/a.log.1")
      bench.append("four\n", to: "/logs/a.log")
      await agent.waitForMessages(4)
      await agent.wait(.seconds(30))
    }
    #expect(Set(await bench.messages) == ["one", "two", "three", "four"])
    #expect(await bench.messages.count == 4)
  }

  @Test("reads a deleted file to its end")
  func deletion() async throws {
    let bench = TailBench()
    bench.append("one\n", to: "/logs/a.log")
    try await bench.following { agent in
      await agent.waitForMessages(1)
      bench.append("two\nthree", to: "/logs/a.log")
      bench.tree.remove("/logs/a.log")
      await agent.waitForMessages(3)
      await agent.wait(.seconds(30))
      #expect(bench.tree.openFiles == 0)
    }
    #expect(await bench.messages == ["one", "two", "three"])
  }

  @Test("reads a truncated file from its start, also when it has grown beyond where it was read")
  func truncation() async throws {
    let bench = TailBench()
    bench.append("one\n", to: "/logs/a.log")
    try await bench.following { agent in
      await agent.waitForMessages(1)
      bench.tree.write(Array("two\nthree\n".utf8), to: "/logs/a.log")
      await agent.waitForMessages(3)
      bench.tree.truncate("/logs/a.log")
      await agent.wait(.seconds(1))
      bench.append("four\n", to: "/logs/a.log")
      await agent.waitForMessages(4)
    }
    #expect(await bench.messages == ["one", "two", "three", "four"])
    #expect(bench.truncations == 2)
  }

  @Test("a rotation's copy goes on with what the original was", arguments: [false, true])
  func copyTruncate(isRestarted: Bool) async throws {
    let bench = TailBench()
    bench.append("one\n", to: "/logs/a.log")
    func rotate() {
      bench.append("two\n", to: "/logs/a.log")
      bench.tree.write(bench.tree.content(of: "/logs/a.log") ?? [], to: "/logs/a.log.1")
      bench.tree.truncate("/logs/a.log")
      bench.append("three\n", to: "/logs/a.log")
    }
    try await bench.following { agent in
      await agent.waitForMessages(1)
      if isRestarted { return }
      rotate()
      await agent.waitForMessages(3)
      await agent.wait(.seconds(40))
    }
    if isRestarted {
      rotate()
      try await bench.following { agent in
        await agent.waitForMessages(3)
        await agent.wait(.seconds(40))
      }
    }
    // And it stays so.
    try await bench.following { await $0.wait(.seconds(40)) }
    #expect(await bench.messages.sorted() == ["one", "three", "two"])
    #expect(bench.lostBytes == 0)
  }

  @Test("a copy whose original stays is a file of its own")
  func copyOnly() async throws {
    let bench = TailBench()
    bench.append("one\n", to: "/logs/a.log")
    try await bench.following { agent in
      await agent.waitForMessages(1)
      bench.append("one\n", to: "/logs/b.log")
      await agent.wait(.seconds(5))
      #expect(await bench.messages == ["one"])
      await agent.waitForMessages(2)
    }
    #expect(await bench.ingestor.messages == ["a": ["one"], "b": ["one"]])
  }

  @Test("counts what was seen and gone before it could be read")
  func lostBytes() async throws {
    var bench = TailBench(journalBytes: 64 << 20)
    bench.options.spoolBytes = 1
    await bench.ingestor.set { _ in .breakFirst }
    bench.append("one\n", to: "/logs/a.log")
    try await bench.following { agent in
      await agent.wait(.seconds(2))
      bench.append("two\n", to: "/logs/a.log")
      await agent.wait(.seconds(12))
      bench.tree.truncate("/logs/a.log")
      await bench.ingestor.set { _ in .take }
      bench.append("3\n", to: "/logs/a.log")
      await agent.waitForMessages(2)
      await agent.wait(.seconds(60))
    }
    #expect(await bench.messages == ["one", "3"])
    #expect(bench.lostBytes == 4)
  }

  @Test("keeps what a server refuses for good, and sends it once it is taken")
  func rejection() async throws {
    let bench = TailBench()
    await bench.ingestor.set { number in number < 2 ? .reject : .take }
    bench.append("one\n", to: "/logs/a.log")
    try await bench.following { await $0.waitForMessages(1) }
    #expect(await bench.messages == ["one"])
    let refusals = bench.telemetry.events.filter { if case .sendingRefused = $0 { true } else { false } }
    #expect(refusals.count == 2)
  }

  @Test("begins old files at their end if it is told so, and new ones at their beginning")
  func startAtEnd() async throws {
    var bench = TailBench()
    bench.options.startsAtEnd = true
    bench.append("old\nhalf", to: "/logs/a.log")
    try await bench.following { agent in
      await agent.wait(.seconds(2))
      bench.append(" new\n", to: "/logs/a.log")
      bench.append("other\n", to: "/logs/b.log")
      await agent.waitForMessages(2)
    }
    bench.append("third\n", to: "/logs/c.log")
    try await bench.following { await $0.waitForMessages(3) }
    #expect(await bench.ingestor.messages == ["a": ["half new"], "b": ["other"], "c": ["third"]])
  }

  @Test("forgets a file that has been gone for long")
  func forgets() async throws {
    let bench = TailBench()
    bench.append("one\n", to: "/logs/a.log")
    try await bench.following { agent in
      await agent.waitForMessages(1)
      bench.tree.remove("/logs/a.log")
      await agent.wait(.seconds(60))
      #expect(await bench.sources == 1)
      await agent.wait(.seconds(3_700))
      #expect(await bench.sources == 0)
    }
  }
}

extension TailBench {
  /// That the journal knows; nil if it does not say.
  var sources: Int? { get async { try? await journal.sources().count } }

  var truncations: Int {
    telemetry.events.filter { if case .fileTruncated = $0 { true } else { false } }.count
  }

  var lostBytes: UInt64 {
    telemetry.events.reduce(0) { sum, event in
      if case .fileLost(_, let bytes) = event { sum + bytes } else { sum }
    }
  }
}

extension DeliveryReport.End {
  var isInterrupted: Bool { if case .interrupted = self { true } else { false } }
}
