import Domain
import InMemoryAdapter
import TestSupport
import Testing

@testable import Application

@Suite("Replaying dead letters", .timeLimit(.minutes(1)))
struct ReplayTests {
  private let pipeline: Pipeline
  private let operations: OperateDeadLetters

  init() {
    pipeline = Pipeline()
    operations = Self.operations(pipeline, pipeline.ingest)
  }

  private static func operations(_ pipeline: Pipeline, _ ingest: any EventIngest) -> OperateDeadLetters {
    OperateDeadLetters(
      ports: DeadLetterPorts(
        queue: pipeline.deadLetters, index: pipeline.index, ingest: ingest, decoding: NoDecoding(),
        digest: PlainDigest(), clock: pipeline.clock, telemetry: pipeline.telemetry, mayFlush: true))
  }

  private func replay(isForced: Bool = false) async throws -> [DeadLetterReplayed] {
    let told = RecordedReplays()
    try await operations.replay(.init(), limit: .max, isForced: isForced) { await told.add($0) }
    return await told.letters
  }

  /// Two batches with one sequence, the second of which is a conflict, published by the last flush.
  private func makeConflict() async throws {
    let (stream, producer) = (try Batches.stream(), Batches.producer(1))
    try await pipeline.running {
      for messages in [["first"], ["second a", "second b"]] {
        _ = try await pipeline.ingest.ingest(Batches.submission(messages, stream: stream, producer: producer))
      }
      _ = try await pipeline.messages(EventRequest(tenant: stream.tenant))
    }
  }

  @Test("a conflict's events are found once, with their own times, however often it is replayed")
  func conflict() async throws {
    try await makeConflict()
    let before = try await pipeline.running {
      try await pipeline.messages(EventRequest(tenant: try Batches.stream().tenant))
    }
    #expect(before == ["first"])
    #expect(try await replay().map(\.result) == [.accepted])
    // As after a crash that lost the outcome: the letter is sent again.
    let kept = await pipeline.deadLetters.kept
    var begun = try #require(kept.first?.replay)
    begun.outcome = nil
    try await pipeline.deadLetters.note([kept[0].position: begun])
    pipeline.clock.advance(by: .seconds(3_600))
    #expect(try await replay().map(\.result) == [.accepted])
    let events = try await pipeline.running {
      try await pipeline.query.events(EventRequest(tenant: try Batches.stream().tenant)).events
    }
    #expect(events.map { String(decoding: $0.message, as: UTF8.self) }.sorted() == ["first", "second a", "second b"])
    #expect(events.allSatisfy { $0.originalTimestamp == nil })
    #expect(await pipeline.deadLetters.kept.count == 1)
  }

  @Test("writes the time of the first replay before it sends, and sends it as an age ever after")
  func firstSending() async throws {
    try await makeConflict()
    let ingest = RecordingIngest(pipeline.deadLetters)
    let operations = Self.operations(pipeline, ingest)
    let start = pipeline.clock.now()
    for _ in 0..<2 {
      _ = try? await operations.replay(.init(), limit: .max, isForced: false) { _ in }
      pipeline.clock.advance(by: .seconds(100))
    }
    let sent = await ingest.sent
    #expect(sent.map(\.age) == [.zero, .seconds(100)])
    #expect(Set(sent.map(\.producer)).count == 1 && sent.allSatisfy { $0.sequence == 0 && $0.isReplay })
    #expect(sent.map(\.placement) == [4, 4])
    #expect(await ingest.noted.map { $0?.first } == [start, start])
    #expect(await ingest.noted.map { $0?.outcome } == [nil, nil])
  }

  @Test("stops when no more is taken, and tells what was done")
  func overload() async throws {
    try await makeConflict()
    let ingest = RecordingIngest(pipeline.deadLetters, answer: .retryAfter(.milliseconds(1), reason: "the log is full"))
    let replaying = Task { [pipeline] () -> DeadLetterOperationsError? in
      do throws(DeadLetterOperationsError) {
        try await Self.operations(pipeline, ingest).replay(.init(), limit: .max, isForced: false) { _ in }
      } catch { return error }
      return nil
    }
    while await ingest.sent.count < ReplayLetters.attempts {
      pipeline.clock.advance(by: .seconds(1)); await Task.yield()
    }
    pipeline.clock.advance(by: .seconds(10))
    #expect(await replaying.value == .unavailable(reason: "no more is taken: the log is full"))
  }

  @Test("is counted, by reason and outcome")
  func telemetry() async throws {
    try await makeConflict()
    for _ in 0..<2 { _ = try await replay() }
    try await operations.drop(.init(), isForced: false) { _ in }
    let told = pipeline.telemetry.events.compactMap { event -> String? in
      switch event {
      case .deadLetterReplayed(_, let reason, let outcome): "\(reason.text) \(outcome.rawValue)"
      case .deadLettersDropped(let count): "dropped \(count)"
      default: nil
      }
    }
    #expect(told == ["sequence-conflict accepted", "sequence-conflict skipped", "dropped 1"])
  }

  @Test("an event's columns are the same after a record and back")
  func columns() throws {
    var columns = Batches.columns(["a", "", "ccc"])
    columns.resource = [1, 97, 5]
    columns.replaceTimestamp(at: 1, with: Timestamp(nanoseconds: 5))
    let none: [UInt8] = []
    columns.endEvent(
      timestamp: .epoch, severity: .unspecified, severityText: none.span, message: none.span,
      traceID: TraceID(Identifier128(high: 1, low: 2)), spanID: SpanID(3), index: 9)
    let header = BatchHeader(
      stream: try Batches.stream(), producer: Batches.producer(1), sequence: 1, digest: 2, firstSent: .epoch,
      received: .epoch)
    let record = EncodedRecord(header, columns)
    #expect(EncodedRecord(header, EventColumns(try EventBatch(record))) == record)
  }
}

private actor RecordedReplays {
  private(set) var letters: [DeadLetterReplayed] = []

  func add(_ letter: DeadLetterReplayed) { letters.append(letter) }
}

private struct NoDecoding: EventDecoding {
  func decode(_ event: [UInt8], limits: EventLimits) -> DecodedEvent { .rejected(.malformed) }
}

/// Keeps what it is sent, and what the queue knew of the letter at that moment.
private actor RecordingIngest: EventIngest {
  private let queue: InMemoryDeadLetterQueue
  private let answer: BatchOutcome?
  private(set) var sent: [BatchSubmission] = []
  private(set) var noted: [DeadLetterReplay?] = []

  /// - Parameter answer: Nil to fail.
  init(_ queue: InMemoryDeadLetterQueue, answer: BatchOutcome? = nil) {
    self.queue = queue
    self.answer = answer
  }

  func terms(for tenant: TenantID) async throws(EventIngestError) -> IngestTerms {
    IngestTerms(
      maximumBatchBytes: 1, maximumSingleEventBatchBytes: 1, eventLimits: EventLimits(), placementVersion: 4)
  }

  func ingest(_ submission: BatchSubmission) async throws(EventIngestError) -> BatchOutcome {
    sent.append(submission)
    noted.append(await queue.kept.first?.replay)
    guard let answer else { throw .shuttingDown }
    return answer
  }
}
