import Application
import Domain
import Testing

/// The steps that the promises share.
struct RecentEventsTrial<Setup: RecentEventsSetup>: Sendable {
  let setup: Setup

  private static var range: TimeRange {
    TimeRange(from: Timestamp(nanoseconds: 1_000), to: Timestamp(nanoseconds: 9_000))
  }

  func question(
    _ partition: PartitionID, service: ServiceName? = try? ServiceName("api-service"), range: TimeRange = range
  ) throws -> ScriptedSource.Question {
    ScriptedSource.Question(
      partition: partition, tenant: try TenantID("tenant-1"), service: service, range: range,
      patience: .milliseconds(750))
  }

  func answer(batches: Int) throws -> RecentAnswer {
    let epoch = LogEpoch(Identifier128(high: 1, low: 2))
    let gap = Gap(epoch: epoch, from: 3, end: 5, times: Timestamp(nanoseconds: 10)...Timestamp(nanoseconds: 20))
    return RecentAnswer(
      epoch: epoch, gaps: [gap], from: 40, end: 50, logEnd: 51,
      batches: try (0..<batches).map { number in
        RecentAnswer.Batch(offset: UInt64(40 + number), events: try EventBatch(record(sequence: UInt64(number))))
      },
      isProvisional: batches > 2)
  }

  private func record(sequence: UInt64) throws -> EncodedRecord {
    var events = EventColumns()
    let (key, message, level): ([UInt8], [UInt8], [UInt8]) = (Array("pod".utf8), [0, 0xff, 10], Array("warn".utf8))
    for row in 0..<3 {
      events.appendAttribute(key: key.span, int: Int64(row))
      events.endEvent(
        timestamp: Timestamp(nanoseconds: 1_000 + Int64(row)), severity: .warn, severityText: level.span,
        message: message.span, traceID: nil, spanID: nil, index: UInt32(row))
    }
    let stream = StreamID(tenant: try TenantID("tenant-1"), service: try ServiceName("api-service"))
    return EncodedRecord(
      BatchHeader(
        stream: stream, producer: ProducerID(Identifier128(high: 5, low: 6)), sequence: sequence, digest: 7,
        firstSent: Timestamp(nanoseconds: 1), received: Timestamp(nanoseconds: 2)),
      events)
  }

  func own(_ partition: PartitionID, answering answer: RecentAnswer) async throws {
    try await setup.own(partition, by: ScriptedSource(expected: try question(partition), answer: .success(answer)))
  }

  func ask(_ partition: PartitionID) async throws -> RecentAnswer { try await ask(try question(partition)) }

  func ask(_ question: ScriptedSource.Question) async throws(RecentEventsError) -> RecentAnswer {
    try await setup.recentEvents.recent(
      in: question.partition, tenant: question.tenant, service: question.service, range: question.range,
      patience: question.patience)
  }

  /// The error that a question is answered with; nil if there is none.
  func failure(_ partition: PartitionID) async -> RecentEventsError? {
    do { _ = try await ask(partition) } catch { return error as? RecentEventsError }
    return nil
  }

  func fail(_ what: String, _ error: RecentEventsError?) {
    Issue.record("\(what) was told as \(String(describing: error))")
  }

  func expectNoOwner(of partition: PartitionID) async throws {
    let error = await failure(partition)
    guard case .noOwner(partition) = error else { return fail("a partition without owner", error) }
  }

  func expectCarried(
    _ answer: RecentAnswer, for partition: PartitionID, service: ServiceName? = try? ServiceName("api-service"),
    range: TimeRange = range
  ) async throws {
    let question = try question(partition, service: service, range: range)
    try await setup.own(partition, by: ScriptedSource(expected: question, answer: .success(answer)))
    let result = try await ask(question)
    #expect(result.epoch == answer.epoch)
    #expect(result.gaps == answer.gaps)
    #expect(result.isProvisional == answer.isProvisional)
    #expect([result.from, result.end, result.logEnd] == [answer.from, answer.end, answer.logEnd])
    #expect(result.batches.map(\.offset) == answer.batches.map(\.offset))
    let isSame = result.batches.map(\.events.bytes) == answer.batches.map(\.events.bytes)
    #expect(isSame, "the batches came as others")
  }

  func checkConcurrency() async throws {
    for number in 0..<4 { try await own(PartitionID(number), answering: try answer(batches: number)) }
    let isRight = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask { @concurrent in
          (try? await ask(PartitionID(number % 4)))?.batches.count == number % 4
        }
      }
      return await group.allSatisfy { $0 }
    }
    #expect(isRight, "answers were mixed up")
  }
}
