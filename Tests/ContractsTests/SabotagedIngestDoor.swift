import Application
import Domain
import EventIngestContract

/// A door that is right but for one fault.
struct SabotagedIngestDoor: IngestDoor {
  enum Fault: String, CaseIterable, Sendable {
    case termsChange, messageIsText, largestIsRefused, alwaysExactlyOnce, repeatIsRejected, wrongIndex, dropsWholeBatch
    case retimesSilently, oneTenantForAll, repairsTenant, repairsService, takesAnySize, takesAnyPlacement,
      mixesAnswersUp
    case forgetsTheWait, acceptsWhileStopping, saysTakenWhenCancelled

    var brokenPromise: EventIngestPromise {
      switch self {
      case .termsChange: .tellsItsTerms
      case .messageIsText: .takesMessagesByteForByte
      case .largestIsRefused: .takesTheLargestMessage
      case .alwaysExactlyOnce: .saysAtLeastOnceWithoutProducer
      case .repeatIsRejected: .answersARepeatedBatchAlike
      case .wrongIndex, .dropsWholeBatch: .namesInvalidEventsAndTakesTheRest
      case .retimesSilently: .countsEventsThatItRetimes
      case .oneTenantForAll: .keepsTenantsApart
      case .repairsTenant: .rejectsAMalformedTenant
      case .repairsService: .rejectsAMalformedService
      case .takesAnySize: .rejectsABatchThatIsTooLarge
      case .takesAnyPlacement: .rejectsAPlacementThatItDoesNotKnow
      case .mixesAnswersUp: .answersManyBatchesAtOnce
      case .forgetsTheWait: .carriesTheWaitOfAnOverload
      case .acceptsWhileStopping: .saysThatItShutsDown
      case .saysTakenWhenCancelled: .endsACallThatIsCancelled
      }
    }
  }

  private static let taken = BatchOutcome.accepted(isExactlyOnce: true, retimed: 0, deadLetters: [])

  let door: DirectIngestDoor
  let fault: Fault
  private let memory = Memory()

  private actor Memory {
    var calls = 0
    var last: BatchOutcome?

    func count() -> Int {
      calls += 1
      return calls
    }

    func swap(_ outcome: BatchOutcome) -> BatchOutcome {
      defer { last = outcome }
      return last ?? outcome
    }
  }

  func terms(tenant: String) async throws(IngestRefusal) -> IngestTerms {
    let terms = try await door.terms(tenant: tenant)
    guard fault == .termsChange else { return terms }
    return IngestTerms(
      maximumBatchBytes: terms.maximumBatchBytes - (await memory.count()),
      maximumSingleEventBatchBytes: terms.maximumSingleEventBatchBytes, eventLimits: terms.eventLimits,
      placementVersion: terms.placementVersion)
  }

  func push(_ batch: IngestDraft, tenant: String) async throws(IngestRefusal) -> BatchOutcome {
    var draft = batch
    var name = tenant
    switch fault {
    case .messageIsText:
      for row in draft.events.indices {
        draft.events[row].message = Array(String(decoding: draft.events[row].message, as: UTF8.self).utf8)
      }
    case .largestIsRefused: if draft.events[0].message.count > 1 << 20 { throw .rejected(reason: "too large") }
    case .repeatIsRejected: if await memory.count() > 1 { throw .rejected(reason: "seen before") }
    case .dropsWholeBatch: if draft.events.contains(where: { !$0.traceID.isEmpty }) { draft.events = [] }
    case .oneTenantForAll: name = "tenant-1"
    case .repairsTenant: if name.hasPrefix("_") { name.removeFirst() }
    case .repairsService: if draft.service.isEmpty { draft.service = "unknown" }
    case .takesAnySize: if draft.events.count == 2, draft.events[0].message.count > 1000 { return Self.taken }
    case .takesAnyPlacement: draft.placement = nil
    case .acceptsWhileStopping: return Self.taken
    case .saysTakenWhenCancelled: if Task.isCancelled { return Self.taken }
    default: break
    }
    let outcome = try await door.push(draft, tenant: name)
    return await changed(outcome)
  }

  private func changed(_ outcome: BatchOutcome) async -> BatchOutcome {
    switch (fault, outcome) {
    case (.alwaysExactlyOnce, .accepted(_, let retimed, let letters)):
      return .accepted(isExactlyOnce: true, retimed: retimed, deadLetters: letters)
    case (.retimesSilently, .accepted(let isExactlyOnce, _, let letters)):
      return .accepted(isExactlyOnce: isExactlyOnce, retimed: 0, deadLetters: letters)
    case (.wrongIndex, .accepted(let isExactlyOnce, let retimed, let letters)):
      let moved = letters.enumerated().map {
        EventRejection(index: UInt32($0.offset), reason: $0.element.reason, content: [])
      }
      return .accepted(isExactlyOnce: isExactlyOnce, retimed: retimed, deadLetters: moved)
    case (.forgetsTheWait, .retryAfter(_, let reason)): return .retryAfter(.zero, reason: reason)
    case (.mixesAnswersUp, _): return await memory.swap(outcome)
    default: return outcome
    }
  }
}
