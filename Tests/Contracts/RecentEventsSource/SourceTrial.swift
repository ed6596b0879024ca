import Application
import Domain
import Testing

/// The steps that the promises share.
struct SourceTrial<Stage: RecentEventsSourceStage>: Sendable {
  struct NoAnswer: Error {}

  let stage: Stage

  /// Longer than any check lets time pass.
  static var longPatience: Duration { .seconds(1_000) }

  func ask(
    tenant: String = SampleBatch.tenant, service: String? = SampleBatch.service, range: TimeRange = .all,
    in partition: PartitionID? = nil, patience: Duration = longPatience
  ) throws -> PendingAnswer {
    let (tenant, service) = (try TenantID(tenant), try service.map { try ServiceName($0) })
    let (source, partition) = (stage.source, partition ?? stage.partition)
    return PendingAnswer { () throws(RecentEventsError) in
      try await source.recent(in: partition, tenant: tenant, service: service, range: range, patience: patience)
    }
  }

  /// What a question came to; an issue, and an error, if it came to nothing.
  func result(of question: PendingAnswer) async throws -> Result<RecentAnswer, RecentEventsError> {
    let end = ContinuousClock.now + stage.limit
    while ContinuousClock.now < end, !Task.isCancelled {
      if let result = await question.result { return result }
      // Not a yield: dozens of tests that spin leave none of two cores to those whom they wait for.
      try? await Task.sleep(for: .milliseconds(1))
    }
    question.cancel()
    Issue.record("a question was not answered")
    throw NoAnswer()
  }

  func answer(to question: PendingAnswer) async throws -> RecentAnswer { try await result(of: question).get() }

  func failure(of question: PendingAnswer) async throws -> RecentEventsError? {
    if case .failure(let error) = try await result(of: question) { error } else { nil }
  }

  /// Appends `count` batches of the sample stream, numbered from `first` on.
  func append(_ count: Int, from first: UInt64 = 0) async throws {
    for number in first..<first + UInt64(count) {
      try await stage.append(SampleBatch.record(number, of: try SampleBatch.stream()))
    }
  }

  /// Asks about the sample stream and compares what the answer covers.
  func expect(
    _ range: Range<UInt64>, logEnd: UInt64, offsets: [UInt64], patience: Duration = longPatience,
    _ location: SourceLocation = #_sourceLocation
  ) async throws {
    expect(try await answer(to: try ask(patience: patience)), range, logEnd: logEnd, offsets: offsets, location)
  }

  func expect(
    _ answer: RecentAnswer, _ range: Range<UInt64>, logEnd: UInt64, offsets: [UInt64],
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(answer.from == range.lowerBound, "from", sourceLocation: location)
    #expect(answer.end == range.upperBound, "end", sourceLocation: location)
    #expect(answer.logEnd == logEnd, "the log's end", sourceLocation: location)
    #expect(answer.batches.map(\.offset) == offsets, "offsets", sourceLocation: location)
  }

  func expectNoOwner(_ partition: PartitionID) async throws {
    let error = try await failure(of: try ask(in: partition))
    guard case .noOwner(partition) = error else {
      Issue.record("a partition without owner was told as \(String(describing: error))")
      return
    }
  }
}
