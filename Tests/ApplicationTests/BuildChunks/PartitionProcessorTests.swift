import Application
import Domain
import InMemoryAdapter
import TestSupport
import Testing

@Suite("a partition's processor", .timeLimit(.minutes(1)))
struct PartitionProcessorTests {
  @Test("an acknowledged event is found before any flush, and after it")
  func freshAndFlushed() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let request = EventRequest(tenant: stream.tenant, service: stream.service)
    let before = try await pipeline.running {
      _ = try await pipeline.ingest.ingest(
        Batches.submission(["a", "b"], stream: stream, producer: Batches.producer(1)))
      return try await pipeline.query.events(request)
    }
    #expect(before.events.map { String(decoding: $0.message, as: UTF8.self) } == ["b", "a"])
    #expect(before.report.isComplete)
    #expect(before.report.recentBatches == 1)
    #expect(await pipeline.store.keys.count == 1, "the shutdown flush writes what was open")
    let after = try await pipeline.running { try await pipeline.query.events(request) }
    #expect(after.events == before.events)
    #expect(after.report.isComplete)
    #expect(after.report.objectsRead == 1)
  }

  @Test("a batch sent again is stored once")
  func repeats() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let submission = Batches.submission(["a"], stream: stream, producer: Batches.producer(1))
    for _ in 0..<3 {
      let messages = try await pipeline.running {
        _ = try await pipeline.ingest.ingest(submission)
        return try await pipeline.messages(EventRequest(tenant: stream.tenant))
      }
      #expect(messages == ["a"])
    }
    #expect(await pipeline.store.keys.count == 3, "a flush of repeats alone still covers its range by an object")
  }

  @Test("counts the events of refused batches once they are committed")
  func countsRefused() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    try await pipeline.running {
      for messages in [["a"], ["b", "c", "d"]] {
        _ = try await pipeline.ingest.ingest(
          Batches.submission(messages, stream: stream, producer: Batches.producer(1)))
      }
      _ = try await pipeline.log.append(EncodedRecord(bytes: Array("CWR undecodable".utf8)), to: PartitionID(0))
      _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
    #expect(pipeline.telemetry.deadLetteredEvents == [.sequenceConflict: 3, .undecodable: 1])
  }

  @Test("small streams of one tenant share an object")
  func packs() async throws {
    let pipeline = Pipeline()
    try await pipeline.running {
      for number in 0..<40 {
        let stream = try Batches.stream("acme", "service-\(number)")
        _ = try await pipeline.ingest.ingest(
          Batches.submission(["\(number)"], stream: stream, producer: Batches.producer(UInt64(number))))
      }
      _ = try await pipeline.messages(EventRequest(tenant: TenantID("acme")))
    }
    #expect(await pipeline.store.keys.count == 1)
    let objects = try await pipeline.index.objects(in: PartitionID(0))
    #expect(objects.first?.chunks.count == 40)
  }

  @Test("a store that is away does not lose anything: the flush is made again")
  func storeAway() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    pipeline.store.faults.failNext(1, .put, with: .unavailable(retryAfter: nil, reason: "away"))
    for _ in 0..<2 {
      try await pipeline.running {
        _ = try await pipeline.ingest.ingest(
          Batches.submission(["a"], stream: stream, producer: Batches.producer(1)))
        _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
      }
    }
    let messages = try await pipeline.running { try await pipeline.messages(EventRequest(tenant: stream.tenant)) }
    #expect(messages == ["a"])
    #expect(try await pipeline.index.state(of: PartitionID(0)).watermark == 2)
  }

  @Test(
    "while the store takes nothing, what was acknowledged is found and answers are complete; then the same flush is written"
  )
  func storeFull() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let request = EventRequest(tenant: stream.tenant)
    pipeline.store.faults.failNext(1_000, .put, with: .full(reason: "no space"))
    try await pipeline.running {
      _ = try await pipeline.ingest.ingest(Batches.submission(["a"], stream: stream, producer: Batches.producer(1)))
      _ = try await pipeline.messages(request)
      // The flush comes of age once: after half the collector's grace its commit would be refused, and another flush made.
      var step = Pipeline.quick.policy.age
      for tries in 1...5 {
        while pipeline.telemetry.failedFlushes < tries {
          await pipeline.clock.waitForSleepers()
          pipeline.clock.advance(by: step)
          step = .seconds(5)
        }
        let page = try await pipeline.query.events(request)
        #expect(page.events.count == 1)
        #expect(page.report.isComplete)
      }
      pipeline.store.faults.clear()
      while try await pipeline.index.state(of: PartitionID(0)).watermark == 0 {
        await pipeline.clock.waitForSleepers()
        pipeline.clock.advance(by: .seconds(5))
      }
    }
    #expect(try await pipeline.index.objects(in: PartitionID(0)).count == 1)
    #expect(await pipeline.store.keys.count == 1, "a flush that is written again has the keys that it had")
  }

  @Test("a commit whose answer was lost is looked up and not repeated")
  func commitAnswerLost() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    pipeline.index.faults.failNext(1, .commit, .answerLost, with: .unavailable(retryAfter: nil, reason: "lost"))
    try await pipeline.running {
      _ = try await pipeline.ingest.ingest(Batches.submission(["a"], stream: stream, producer: Batches.producer(1)))
      _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
    #expect(try await pipeline.index.objects(in: PartitionID(0)).count == 1)
    #expect(try await pipeline.index.state(of: PartitionID(0)).watermark == 1)
  }

  @Test("a commit that finds itself in its way has happened")
  func commitAskedTwice() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    // The first identifier that the pipeline draws is that of the first flush.
    let flush = FlushID(SeededIdentifiers(seed: 1).next())
    pipeline.index.faults.failNext(1, .commit, .answerLost, with: .lostRace(head: flush))
    try await pipeline.running {
      _ = try await pipeline.ingest.ingest(Batches.submission(["a"], stream: stream, producer: Batches.producer(1)))
      _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
    #expect(try await pipeline.index.state(of: PartitionID(0)).head == flush)
    #expect(pipeline.telemetry.events.contains { if case .flushCommitted = $0 { true } else { false } })
  }

  @Test("flushes that fail while reading goes on are made again, and no event is lost or doubled")
  func failuresWhileReading() async throws {
    var configuration = Pipeline.quick
    configuration.policy = FlushPolicy(bytes: 1, age: .seconds(3_600))
    configuration.readBytes = 1
    let pipeline = Pipeline(configuration: configuration)
    let stream = try Batches.stream()
    let expected = (0..<400).map { "\($0)" }
    for (sequence, message) in expected.enumerated() {
      _ = try await pipeline.log.append(
        Batches.record([message], stream: stream, producer: Batches.producer(1), sequence: UInt64(sequence)),
        to: PartitionID(0))
    }
    pipeline.store.faults.failNext(60, .put, with: .unavailable(retryAfter: nil, reason: "away"))
    try await pipeline.running {
      while pipeline.store.faults.remaining > 0 {
        await pipeline.clock.waitForSleepers()
        pipeline.clock.advance(by: .seconds(5))
      }
    }
    let found = try await pipeline.running {
      while true {
        let page = try await pipeline.query.events(EventRequest(tenant: stream.tenant, limit: 1_000))
        if page.report.isComplete { return page.events.map { String(decoding: $0.message, as: UTF8.self) } }
        await Task.yield()
      }
    }
    #expect(found.sorted() == expected.sorted())
  }

  @Test("without a generation marker nothing is flushed and no answer is complete")
  func noGeneration() async throws {
    let pipeline = Pipeline()
    let page = try await pipeline.query.events(EventRequest(tenant: .default))
    #expect(!page.report.isComplete)
    #expect(page.report.shortfalls.contains(.indexNotWhole))
  }

  @Test("a log of another epoch stops the partition and says what to do")
  func otherEpoch() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    try await pipeline.running {
      _ = try await pipeline.ingest.ingest(Batches.submission(["a"], stream: stream, producer: Batches.producer(1)))
      _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
    let other = InMemoryEventLog(epoch: LogEpoch(Identifier128(high: 9, low: 9)), clock: pipeline.clock)
    let ports = BuildChunksPorts(
      log: other, store: pipeline.store, index: pipeline.index, deadLetters: pipeline.deadLetters,
      snapshots: pipeline.snapshots, clock: pipeline.clock, identifiers: pipeline.identifiers,
      telemetry: pipeline.telemetry)
    let processor = PartitionProcessor(
      partition: PartitionID(0), ports: ports, configuration: Pipeline.quick, memory: MemoryShare(limit: 1 << 20),
      encoder: FlushEncoder(codec: PlainCodec(), digest: PlainDigest(), prefix: ""))
    let run = Task { await processor.run() }
    let stopped = await pipeline.telemetry.first { if case .partitionStopped = $0 { true } else { false } }
    run.cancel()
    await run.value
    guard case .partitionStopped(_, let reason) = stopped else { throw SuiteError("the partition did not stop") }
    #expect(reason.contains("epoch"))
  }
}

extension RecordingTelemetry {
  fileprivate var failedFlushes: Int { events.count { if case .flushFailed = $0 { true } else { false } } }
}

struct SuiteError: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
