import Application
import Domain
import Threads

@testable import GRPCAdapter

/// Questions and answers about recent events.
enum RecentSamples {
  static let partition = PartitionID(3)
  static let epoch = LogEpoch(Identifier128(high: 1, low: 2))

  static func question(patience: Duration = .seconds(5)) throws -> RecentQuestion {
    RecentQuestion(
      partition: partition, tenant: try TenantID("tenant-1"), service: try ServiceName("api-service"), range: .all,
      patience: patience)
  }

  /// A record of one event with a message of `bytes`.
  static func batch(_ number: UInt64, tenant: String = "tenant-1", service: String = "api-service", bytes: Int = 10)
    throws -> EventBatch
  {
    let stream = StreamID(tenant: try TenantID(tenant), service: try ServiceName(service))
    let header = BatchHeader(
      stream: stream, producer: Samples.producer, sequence: number, digest: 7, firstSent: .epoch, received: .epoch)
    let message = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes)
    return try EventBatch(EncodedRecord(header, Samples.columns([message])))
  }

  /// Batches at the offsets from 100 on.
  static func answer(batches: Int, bytes: Int = 10, gaps: Int = 1, isProvisional: Bool = false) throws -> RecentAnswer {
    let gaps = (0..<UInt64(gaps)).map { number in
      Gap(epoch: epoch, from: number, end: number + 1, times: .epoch...Timestamp(nanoseconds: 5))
    }
    return RecentAnswer(
      epoch: epoch, gaps: gaps, from: 100, end: 100 + UInt64(batches), logEnd: 200 + UInt64(batches),
      batches: try (0..<UInt64(batches)).map {
        RecentAnswer.Batch(offset: 100 + $0, events: try batch($0, bytes: bytes))
      }, isProvisional: isProvisional)
  }

  static func areEqual(_ left: RecentAnswer, _ right: RecentAnswer) -> Bool {
    left.epoch == right.epoch && left.gaps == right.gaps && left.isProvisional == right.isProvisional
      && [left.from, left.end, left.logEnd] == [right.from, right.end, right.logEnd]
      && left.batches.map(\.offset) == right.batches.map(\.offset)
      && left.batches.map(\.events.bytes) == right.batches.map(\.events.bytes)
  }
}

/// Answers every question alike, or never; counts who asks and who gives up.
final class FixedSource: RecentEventsSource {
  private let answer: Result<RecentAnswer, RecentEventsError>?
  private let state = Lock((asked: 0, cancelled: 0))

  /// - Parameter answer: Nil: none until the question is cancelled.
  init(_ answer: Result<RecentAnswer, RecentEventsError>?) { self.answer = answer }

  var asked: Int { state.withLock { $0.asked } }
  var cancelled: Int { state.withLock { $0.cancelled } }

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    state.withLock { $0.asked += 1 }
    if let answer { return try answer.get() }
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(60)) }
    state.withLock { $0.cancelled += 1 }
    throw .cancelled
  }
}

extension RecentEvents {
  func ask(_ question: RecentQuestion) async -> Result<RecentAnswer, RecentEventsError> {
    do throws(RecentEventsError) {
      return .success(
        try await recent(
          in: question.partition, tenant: question.tenant, service: question.service, range: question.range,
          patience: question.patience))
    } catch { return .failure(error) }
  }
}
