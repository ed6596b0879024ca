@testable import Application
import Domain
import InMemoryAdapter
import Testing

@Suite("taking batches", .timeLimit(.minutes(1)))
struct IngestBatchesTests {
  @Test(
    "times before 1970, too old or too far ahead become the time of receipt, with the original kept",
    arguments: [
      (-6_795_364_578_871_345_152, true), (-1, true), (0, false),
      (Batches.start.nanoseconds - 31 * 86_400 * 1_000_000_000, true),
      (Batches.start.nanoseconds - 29 * 86_400 * 1_000_000_000, false),
      (Batches.start.nanoseconds + 601 * 1_000_000_000, true), (Batches.start.nanoseconds + 599 * 1_000_000_000, false),
    ] as [(Int64, Bool)])
  func retiming(_ nanoseconds: Int64, _ isReplaced: Bool) async throws {
    let pipeline = Pipeline()
    let first = Timestamp(nanoseconds: nanoseconds)
    // Only an unlimited age lets 1970 through: that case is about the lower end itself.
    let submission = Batches.submission(
      ["x"], stream: try Batches.stream(), producer: Batches.producer(1), first: first, acceptsAnyAge: nanoseconds == 0)
    let outcome = try await pipeline.ingest.ingest(submission)
    #expect(outcome == .accepted(isExactlyOnce: true, retimed: isReplaced ? 1 : 0, deadLetters: []))
    let batch = try await onlyBatch(pipeline)
    #expect(batch.timestamp(at: 0) == (isReplaced ? Batches.start : first))
    #expect(batch.originalTimestamp(at: 0) == (isReplaced ? first : nil))
  }

  @Test("refused events go to the dead letters and the rest is taken")
  func rejections() async throws {
    let pipeline = Pipeline()
    let rejection = EventRejection(index: 5, reason: .invalidTraceID, content: [1, 2])
    let submission = Batches.submission(
      ["x"], stream: try Batches.stream(), producer: Batches.producer(1), rejections: [rejection])
    for _ in 0..<2 {
      let outcome = try await pipeline.ingest.ingest(submission)
      #expect(outcome == .accepted(isExactlyOnce: true, retimed: 0, deadLetters: [rejection]))
    }
    let page = try await pipeline.deadLetters.read(from: 0, limit: 10, bytes: 1 << 20)
    #expect(page.letters.map(\.letter.reason) == [.event(.invalidTraceID)], "the same event is one letter")
    #expect(page.letters.first?.letter.content == .event([1, 2]))
  }

  @Test("a sender without a producer id gets one, and is told that repeats count twice")
  func anonymous() async throws {
    let pipeline = Pipeline()
    let submission = Batches.submission(["x"], stream: try Batches.stream(), producer: nil)
    for _ in 0..<2 {
      #expect(
        try await pipeline.ingest.ingest(submission) == .accepted(isExactlyOnce: false, retimed: 0, deadLetters: []))
    }
    let batches = try await batches(pipeline)
    #expect(batches.map(\.header.sequence) == [0, 1])
    #expect(Set(batches.map(\.header.producer)).count == 1)
  }

  @Test("a log that is full asks for patience, and nothing is taken")
  func logFull() async throws {
    let pipeline = Pipeline()
    pipeline.log.faults.failNext(1, .append, with: .full(retryAfter: .seconds(3), reason: "full"))
    let submission = Batches.submission(["x"], stream: try Batches.stream(), producer: Batches.producer(1))
    #expect(try await pipeline.ingest.ingest(submission) == .retryAfter(.seconds(3), reason: "full"))
    #expect(try await batches(pipeline).isEmpty)
  }

  @Test("a batch above its limit is refused, a single event has a wider one")
  func sizes() async throws {
    let pipeline = Pipeline()
    let stream = try Batches.stream()
    let two = Batches.submission(["x", "y"], stream: stream, producer: nil, wireBytes: (1 << 20) + 1)
    await #expect(throws: EventIngestError.self) { try await pipeline.ingest.ingest(two) }
    let one = Batches.submission(["x"], stream: stream, producer: nil, wireBytes: 2 << 20)
    _ = try await pipeline.ingest.ingest(one)
    let large = Batches.submission(["x"], stream: stream, producer: nil, wireBytes: (2 << 20) + 1)
    await #expect(throws: EventIngestError.self) { try await pipeline.ingest.ingest(large) }
  }

  @Test("an unknown placement is refused")
  func placement() async throws {
    let pipeline = Pipeline()
    let submission = Batches.submission(["x"], stream: try Batches.stream(), producer: nil, placement: 3)
    await #expect(throws: EventIngestError.self) { try await pipeline.ingest.ingest(submission) }
  }

  @Test("a stream beyond the tenant's limit goes to the dead letters, known ones go on")
  func streamLimit() async throws {
    var limits = IngestConfiguration()
    limits.maximumStreams = 2
    let pipeline = Pipeline(ingest: limits)
    for service in ["a", "b", "a"] {
      let outcome = try await pipeline.ingest.ingest(
        Batches.submission(["x"], stream: try Batches.stream("acme", service), producer: nil))
      guard case .accepted = outcome else { throw SuiteError("\(service): \(outcome)") }
    }
    let broken = EventRejection(index: 2, reason: .messageTooLong, content: [1])
    let third = Batches.submission(
      ["x", "y"], stream: try Batches.stream("acme", "c"), producer: Batches.producer(1), rejections: [broken])
    #expect(try await pipeline.ingest.ingest(third) == .deadLettered(reason: .tooManyStreams))
    let kept = try await pipeline.deadLetters.read(from: 0, limit: 10, bytes: 1 << 20).letters.map(\.letter.reason)
    #expect(kept == [.event(.messageTooLong), .tooManyStreams], "no event of the batch is lost")
    #expect(pipeline.telemetry.deadLetteredEvents == [.event(.messageTooLong): 1, .tooManyStreams: 2])
    let other = Batches.submission(["x"], stream: try Batches.stream("other", "c"), producer: nil)
    guard case .accepted = try await pipeline.ingest.ingest(other) else { throw SuiteError("another tenant") }
  }

  @Test("what is under way of one anonymous producer stays within half the window")
  func anonymousSpread() async throws {
    let producers = AnonymousProducers(identifiers: SeededIdentifiers(seed: 3))
    let stream = try Batches.stream()
    var identities: [AnonymousProducers.Identity] = []
    for _ in 0..<1_200 { identities.append(await producers.begin(stream)) }
    let byProducer = Dictionary(grouping: identities, by: \.producer)
    #expect(byProducer.count == 3)
    #expect(byProducer.values.allSatisfy { $0.count <= 512 })
    for identity in identities { await producers.end(identity, stream) }
    #expect(await producers.begin(stream).producer == identities.first?.producer)
  }

  private func batches(_ pipeline: Pipeline) async throws -> [EventBatch] {
    let slice = try await pipeline.log.read(PartitionID(0), from: 0, limit: 1 << 20, patience: .zero)
    return try slice.records.map { try EventBatch($0.record) }
  }

  private func onlyBatch(_ pipeline: Pipeline) async throws -> EventBatch {
    try #require(try await batches(pipeline).first)
  }
}
