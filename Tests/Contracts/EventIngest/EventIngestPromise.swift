import Application
import Domain
import Testing

/// What every way to send batches promises: the use case, gRPC, and what comes after them.
///
/// Left open on purpose: whether a batch without events is taken or refused; whether a batch that is sent twice is stored
/// twice here (the owner of the partition drops the second one); in which order batches that are sent at the same time
/// are taken; the words of a refusal.
package enum EventIngestPromise: String, CaseIterable, Sendable {
  case tellsItsTerms
  case takesMessagesByteForByte
  case takesTheLargestMessage
  case saysAtLeastOnceWithoutProducer
  case answersARepeatedBatchAlike
  case namesInvalidEventsAndTakesTheRest
  case countsEventsThatItRetimes
  case keepsTenantsApart
  case rejectsAMalformedTenant
  case rejectsAMalformedService
  case rejectsABatchThatIsTooLarge
  case rejectsAPlacementThatItDoesNotKnow
  case answersManyBatchesAtOnce
  case carriesTheWaitOfAnOverload
  case saysThatItShutsDown
  case endsACallThatIsCancelled

  /// Records an issue if the promise is broken. What the stage cannot arrange is not checked.
  package func check(on stage: IngestStage) async throws {
    switch self {
    case .tellsItsTerms: try await checkTerms(stage)
    case .takesMessagesByteForByte: try await checkBytes(stage)
    case .takesTheLargestMessage: try await checkLargest(stage)
    case .saysAtLeastOnceWithoutProducer: try await checkNoProducer(stage)
    case .answersARepeatedBatchAlike: try await checkRepeated(stage)
    case .namesInvalidEventsAndTakesTheRest: try await checkInvalidEvents(stage)
    case .countsEventsThatItRetimes: try await checkRetimed(stage)
    case .keepsTenantsApart: try await checkTenants(stage)
    case .rejectsAMalformedTenant: try await checkMalformedTenant(stage)
    case .rejectsAMalformedService: try await checkMalformedService(stage)
    case .rejectsABatchThatIsTooLarge: try await checkTooLarge(stage)
    case .rejectsAPlacementThatItDoesNotKnow: try await checkPlacement(stage)
    case .answersManyBatchesAtOnce: try await checkMany(stage)
    case .carriesTheWaitOfAnOverload: try await checkOverload(stage)
    case .saysThatItShutsDown: try await checkShutdown(stage)
    case .endsACallThatIsCancelled: try await checkCancellation(stage)
    }
  }

  var tenant: String { "tenant-1" }

  func tenantID() throws -> TenantID { try TenantID(tenant) }

  func messages(_ texts: String...) -> [IngestDraft.Event] { texts.map { IngestDraft.Event(Array($0.utf8)) } }

  /// The refusal of a call; nil if it was answered.
  func refusal(_ call: () async throws(IngestRefusal) -> BatchOutcome) async -> IngestRefusal? {
    do throws(IngestRefusal) {
      _ = try await call()
      return nil
    } catch {
      return error
    }
  }
}
