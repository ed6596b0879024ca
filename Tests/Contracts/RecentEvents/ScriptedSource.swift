import Application
import Domain

/// An owner that gives a prepared answer to a question about what it expects, and another one to any other.
struct ScriptedSource: RecentEventsSource {
  struct Question: Hashable {
    let partition: PartitionID
    let tenant: TenantID
    let service: ServiceName?
    let range: TimeRange
    let patience: Duration
  }

  let expected: Question
  let answer: Result<RecentAnswer, RecentEventsError>

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    let question = Question(partition: partition, tenant: tenant, service: service, range: range, patience: patience)
    guard question == expected else { throw .unavailable(reason: "asked \(question), expected \(expected)") }
    return try answer.get()
  }
}

/// An owner that never answers, until it is cancelled.
struct SilentSource: RecentEventsSource {
  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    while !Task.isCancelled { await Task.yield() }
    throw .cancelled
  }
}
