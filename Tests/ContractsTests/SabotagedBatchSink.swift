import Application
import BatchSinkContract
import Domain

/// A sink that is right but for one fault.
struct SabotagedBatchSink: BatchSink {
  enum Fault: String, CaseIterable, Sendable {
    case ownTerms, randomEncoding, dropsAttributes, cutsLargeBatches, forgetsAge, forgetsDeadLetters, forgetsTheWait
    case rejectionIsUnavailable, mixesAnswersUp, refusesTwins, oneTenantForAll, breakIsRejection, ignoresCancellation
    case worksAfterItsEnd

    var brokenPromise: BatchSinkPromise {
      switch self {
      case .ownTerms: .tellsTheTerms
      case .randomEncoding: .encodesTheSameBytesEachTime
      case .dropsAttributes: .deliversEverythingOfABatch
      case .cutsLargeBatches: .deliversTheLargestBatch
      case .forgetsAge: .sendsTheSameContentAgain
      case .forgetsDeadLetters, .forgetsTheWait: .carriesEveryOutcome
      case .rejectionIsUnavailable: .throwsARejection
      case .mixesAnswersUp: .givesEachCallItsOwnAnswer
      case .refusesTwins: .answersTwoCallsWithTheSameBatch
      case .oneTenantForAll: .keepsTenantsApart
      case .breakIsRejection: .throwsUnavailableWhenTheConnectionBreaks
      case .ignoresCancellation: .endsACallThatIsCancelled
      case .worksAfterItsEnd: .refusesAfterItsEnd
      }
    }
  }

  private actor Memory {
    var last: BatchOutcome?
    var isBusy = false

    func swap(_ outcome: BatchOutcome) -> BatchOutcome {
      defer { last = outcome }
      return last ?? outcome
    }

    func isSecond() -> Bool {
      defer { isBusy = true }
      return isBusy
    }
  }

  let sink: ReferenceSink
  let fault: Fault
  private let memory = Memory()

  func terms(for tenant: TenantID) async throws(BatchSinkError) -> IngestTerms {
    guard fault == .ownTerms else { return try await sink.terms(for: tenant) }
    return IngestTerms(
      maximumBatchBytes: 1000, maximumSingleEventBatchBytes: 2000, eventLimits: EventLimits(), placementVersion: 0)
  }

  func encode(_ batch: OutgoingBatch) -> [UInt8] {
    var events = batch.events
    var sequence = batch.sequence
    switch fault {
    case .randomEncoding: sequence = .random(in: 0 ... .max)
    case .dropsAttributes: events = EventColumns()
    case .cutsLargeBatches: if batch.events.count > 100 { events = EventColumns() }
    default: break
    }
    return sink.encode(
      OutgoingBatch(
        stream: batch.stream, producer: batch.producer, sequence: sequence, placement: batch.placement,
        acceptsAnyAge: batch.acceptsAnyAge, traceParent: batch.traceParent, events: events))
  }

  func send(
    _ content: [UInt8], of stream: StreamID, age: Duration
  ) async throws(BatchSinkError) -> BatchOutcome {
    if fault == .refusesTwins, await memory.isSecond() { throw .unavailable(retryAfter: nil, reason: "busy") }
    let tenant = fault == .oneTenantForAll ? TenantID.default : stream.tenant
    let target = StreamID(tenant: tenant, service: stream.service)
    do throws(BatchSinkError) {
      return await changed(try await sink.send(content, of: target, age: fault == .forgetsAge ? .zero : age))
    } catch {
      switch (fault, error) {
      case (.rejectionIsUnavailable, .rejected(let reason)): throw .unavailable(retryAfter: nil, reason: reason)
      case (.breakIsRejection, .unavailable(_, let reason)): throw .rejected(reason: reason)
      case (.ignoresCancellation, .cancelled), (.worksAfterItsEnd, .cancelled):
        return .accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])
      default: throw error
      }
    }
  }

  private func changed(_ outcome: BatchOutcome) async -> BatchOutcome {
    switch (fault, outcome) {
    case (.forgetsDeadLetters, .accepted(let isExactlyOnce, let retimed, _)):
      return .accepted(isExactlyOnce: isExactlyOnce, retimed: retimed, deadLetters: [])
    case (.forgetsTheWait, .retryAfter(_, let reason)): return .retryAfter(.zero, reason: reason)
    case (.mixesAnswersUp, _): return await memory.swap(outcome)
    default: return outcome
    }
  }
}
