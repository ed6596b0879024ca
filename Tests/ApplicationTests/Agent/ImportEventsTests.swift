import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("Importing events", .timeLimit(.minutes(1)))
struct ImportEventsTests {
  @Test("sends every event of a source once, in order within a stream")
  func all() async throws {
    let bench = ImportBench()
    let (content, messages) = ImportBench.content(lines: 5_000, seed: 1)
    let report = await bench.run(content)
    #expect(report.end.isComplete)
    #expect(await bench.ingestor.messages == messages)
    #expect(report.counts.events == 5_000 && report.counts.acceptedEvents == 5_000)
    #expect(try await bench.journal.pending().isEmpty)
    #expect(try await bench.journal.placement() == 3)
  }

  @Test("sends nothing of a source that was imported before, whatever its pieces")
  func again() async throws {
    let bench = ImportBench()
    let (content, messages) = ImportBench.content(lines: 3_000, seed: 2)
    _ = await bench.run(content)
    await bench.journal.sync()
    let sendings = await bench.ingestor.sendings.count
    let report = await bench.run(content, pieceBytes: 70_001)
    #expect(report.end.isComplete)
    #expect(report.counts.events == 0 && report.counts.alreadyImportedLines == 3_000)
    #expect(await bench.ingestor.sendings.count == sendings)
    #expect(await bench.ingestor.messages == messages)
  }

  @Test("imports the same source for another tenant again")
  func otherTenant() async throws {
    var bench = ImportBench()
    let (content, _) = ImportBench.content(lines: 10, seed: 3)
    _ = await bench.run(content)
    bench.options.tenant = try TenantID("other")
    #expect(await bench.run(content).counts.acceptedEvents == 10)
  }

  @Test("goes on with what a source has grown by")
  func grown() async throws {
    let bench = ImportBench()
    let (first, _) = ImportBench.content(lines: 2_000, seed: 4)
    let (more, _) = ImportBench.content(lines: 100, seed: 5)
    #expect(first.count > ContentFingerprint.prefixBytes)
    _ = await bench.run(first)
    #expect(await bench.run(first + more).counts.events == 100)
  }

  @Test("tells sources apart that only begin alike")
  func similarSources() async throws {
    let bench = ImportBench()
    let (start, _) = ImportBench.content(lines: 1_500, seed: 6)
    let (one, _) = ImportBench.content(lines: 500, seed: 7)
    let (two, _) = ImportBench.content(lines: 600, seed: 8)
    #expect(start.count > ContentFingerprint.prefixBytes)
    #expect(await bench.run(start + one).counts.events == 2_000)
    #expect(await bench.run(start + two).counts.events == 2_100)
    #expect(await bench.run(start + one).counts.events == 0)
    #expect(await bench.run(start + two).counts.events == 0)
    let (shorter, _) = ImportBench.content(lines: 100, seed: 7)
    #expect(await bench.run(start + shorter).counts.events == 1_600, "shorter than what was imported: another one")
  }

  @Test("stops at the first bad line, names it, and sends nothing of a small source")
  func badLine() async throws {
    let bench = ImportBench()
    let (content, _) = ImportBench.content(lines: 20, seed: 9)
    let report = await bench.run(content + Array("\n{\"ts\":1,\"service\":\"s\",\"msg\":\"m\"\nmore\n".utf8))
    guard case .badLine(let line) = report.end else { Issue.record("\(report.end)"); return }
    #expect(line.line == 22)
    #expect("\(line)" == "line 22, column 32: expected ',' or '}', the line ends here")
    #expect(await bench.ingestor.sendings.isEmpty)
  }

  @Test("counts bad lines and goes on, if told to")
  func skippedLines() async throws {
    var bench = ImportBench()
    bench.options.skipsBadLines = true
    let (first, _) = ImportBench.content(lines: 20, seed: 10)
    let (second, _) = ImportBench.content(lines: 5, seed: 11)
    let bad = Array("no json\n{\"ts\":1,\"service\":\"_x\",\"msg\":\"m\"}\n".utf8)
    let report = await bench.run(first + bad + second)
    #expect(report.end.isComplete)
    #expect(report.counts.skippedLines == 2 && report.counts.acceptedEvents == 25)
  }

  @Test("keeps to the size that the server takes, also for events that are large")
  func sizes() async throws {
    let bench = ImportBench(maximumBatchBytes: 64 << 10)
    let large = String(repeating: "y", count: 700_000)
    var content: [UInt8] = []
    for index in 0..<300 {
      let text = index % 100 == 50 ? large : String(repeating: "z", count: 900)
      content.append(contentsOf: #"{"ts":1,"service":"s","msg":"\#(text)"}"#.utf8 + [UInt8(ascii: "\n")])
    }
    let report = await bench.run(content, pieceBytes: 50_000)
    #expect(report.end.isComplete && report.counts.acceptedEvents == 300)
    #expect(await bench.ingestor.sendings.allSatisfy { $0.content.count < 64 << 10 || $0.content.count > 700_000 })
  }

  @Test("waits for room where the journal is full")
  func fullJournal() async throws {
    let bench = ImportBench(journalBytes: 400_000)
    let (content, messages) = ImportBench.content(lines: 20_000, seed: 12)
    let report = await bench.run(content, pieceBytes: 1 << 20)
    #expect(report.end.isComplete)
    #expect(await bench.ingestor.messages == messages)
  }

  @Test("says so where the journal will never have room")
  func tinyJournal() async throws {
    let report = await ImportBench(journalBytes: 100).run(ImportBench.content(lines: 50, seed: 13).bytes)
    guard case .journalFailed(.full) = report.end else { Issue.record("\(report.end)"); return }
  }

  @Test("counts dead letters by reason, and events that were given another time")
  func deadLetters() async throws {
    let bench = ImportBench { $0 == 0 ? .deadLetter(.tooManyStreams) : .take }
    let report = await bench.run(ImportBench.content(lines: 500, seed: 14, services: 1).bytes)
    #expect(report.end.isComplete)
    #expect(report.counts.deadLetters == [.tooManyStreams: 500] && report.counts.acceptedEvents == 0)
    #expect(report.counts.settledEvents == 500)
  }

  @Test("ends at once when the server will never take what it is sent, and tries the same batch in the next run")
  func rejected() async throws {
    let bench = ImportBench { _ in .reject }
    let (content, messages) = ImportBench.content(lines: 2_500, seed: 15)
    let report = await bench.run(content)
    guard case .rejected("not for this tenant") = report.end else { Issue.record("\(report.end)"); return }
    await bench.ingestor.set { _ in .take }
    let second = await bench.run(content)
    #expect(second.end.isComplete && second.counts.resentEvents > 0)
    #expect(await bench.ingestor.messages == messages)
  }

  @Test("has nothing to do for an empty source")
  func empty() async throws {
    let report = await ImportBench().run([])
    #expect(report.end.isComplete && report.counts == DeliveryCounts())
  }

  @Test("reports a source that cannot be read, with what was sent")
  func brokenSource() async throws {
    let bench = ImportBench()
    let importEvents = ImportEvents(
      journal: bench.journal, sink: bench.ingestor, clock: bench.clock, identifiers: SeededIdentifiers(seed: 1),
      options: bench.options)
    let report = await importEvents { () throws(LogSourceError) in throw LogSourceError.notFound(path: "x") }
    guard case .sourceFailed(.notFound("x")) = report.end else { Issue.record("\(report.end)"); return }
  }
}
