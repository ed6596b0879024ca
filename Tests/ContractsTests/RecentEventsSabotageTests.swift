import Application
import Domain
import RecentEventsContract
import Testing

@Suite("The contract of recent events", .timeLimit(.minutes(1)))
struct RecentEventsSabotageTests {
  @Test("is kept by a right carrier", arguments: RecentEventsPromise.allCases)
  func isKept(_ promise: RecentEventsPromise) async throws {
    try await promise.check(on: FaultyCarrier(nil))
  }

  @Test("notices a wrong carrier", arguments: FaultyCarrier.Fault.allCases)
  func notices(_ fault: FaultyCarrier.Fault) async {
    for promise in fault.broken {
      await withKnownIssue("\(fault) breaks \(promise)") { try await promise.check(on: FaultyCarrier(fault)) }
    }
  }

  @Test("has no promise that nobody can break")
  func isTested() {
    #expect(Set(FaultyCarrier.Fault.allCases.flatMap(\.broken)) == Set(RecentEventsPromise.allCases))
  }
}

/// A registry of owners, with one thing wrong or nothing.
actor FaultyCarrier: RecentEventsSetup, RecentEvents {
  enum Fault: String, CaseIterable {
    case losesTheService, losesTheGaps, needsBatches, needsAService, invents, mixesPartitionsUp, keepsTheFirstOwner
    case callsItWhole
    case keepsOwnersThatLeft, callsAllTroubleUnavailable, callsTroubleNoOwner, hidesCancellation

    var broken: [RecentEventsPromise] {
      switch self {
      case .losesTheService: [.carriesQuestionAndAnswer]
      case .losesTheGaps: [.carriesQuestionAndAnswer]
      case .callsItWhole: [.carriesQuestionAndAnswer]
      case .needsBatches: [.carriesAnEmptyAnswer]
      case .needsAService: [.carriesAQuestionAboutAllServices]
      case .invents: [.saysThatThereIsNoOwner]
      case .mixesPartitionsUp: [.eachPartitionHasItsOwner, .carriesManyQuestionsAtOnce]
      case .keepsTheFirstOwner: [.newOwnerIsAsked]
      case .keepsOwnersThatLeft: [.ownerThatLeftIsNotAsked]
      case .callsAllTroubleUnavailable: [.saysThatTheOwnerStopped]
      case .callsTroubleNoOwner: [.passesTroubleOn]
      case .hidesCancellation: [.cancellationReachesTheOwner]
      }
    }
  }

  private let fault: Fault?
  private var sources: [PartitionID: any RecentEventsSource] = [:]

  init(_ fault: Fault?) { self.fault = fault }

  nonisolated var recentEvents: any RecentEvents { self }

  func own(_ partition: PartitionID, by source: any RecentEventsSource) {
    if fault == .keepsTheFirstOwner, sources[partition] != nil { return }
    sources[partition] = source
  }

  func disown(_ partition: PartitionID) { if fault != .keepsOwnersThatLeft { sources[partition] = nil } }

  func recent(
    in partition: PartitionID, tenant: TenantID, service: ServiceName?, range: TimeRange, patience: Duration
  ) async throws(RecentEventsError) -> RecentAnswer {
    let source = fault == .mixesPartitionsUp ? sources.values.first : sources[partition] ?? invented
    guard let source else { throw .noOwner(partition) }
    if fault == .needsAService, service == nil { throw .unavailable(reason: "no service") }
    do throws(RecentEventsError) {
      let answer = try await source.recent(
        in: partition, tenant: tenant, service: fault == .losesTheService ? nil : service, range: range,
        patience: patience)
      if fault == .needsBatches, answer.batches.isEmpty { throw .noOwner(partition) }
      guard fault == .losesTheGaps || fault == .callsItWhole else { return answer }
      return RecentAnswer(
        epoch: answer.epoch, gaps: fault == .losesTheGaps ? [] : answer.gaps, from: answer.from, end: answer.end,
        logEnd: answer.logEnd, batches: answer.batches,
        isProvisional: fault == .callsItWhole ? false : answer.isProvisional)
    } catch {
      switch fault {
      case .callsAllTroubleUnavailable, .hidesCancellation: throw .unavailable(reason: "trouble")
      case .callsTroubleNoOwner: throw .noOwner(partition)
      default: throw error
      }
    }
  }

  private var invented: (any RecentEventsSource)? { fault == .invents ? sources.values.first : nil }
}
