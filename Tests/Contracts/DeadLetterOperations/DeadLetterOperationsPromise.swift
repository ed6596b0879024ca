import Application
import Testing

/// What operators may rely on, whether they work through the use case or through a server.
package enum DeadLetterOperationsPromise: String, CaseIterable, Sendable {
  case listsOldestFirstInPages
  case listsWhatIsSelected
  case showsALetterWithItsContent
  case hidesWhatIsNotPublished
  case listsWhatIsNotCommittedApart
  case replaysALetterOnce
  case replaysUnderOneIdentity
  case needsForceWhereEventsMayBeStored
  case keepsOneLetterOfWhatIsRefusedAgain
  case tellsWhatCannotBeDecoded
  case replaysAsManyAsAsked
  case dropsOnlyWhatWasAccepted
  case dropsAllWhenForced
  case refusesNumbersThatAreNone

  package func check(on stage: DeadLetterOperationsStage) async throws {
    switch self {
    case .listsOldestFirstInPages: try await checkPages(stage)
    case .listsWhatIsSelected: try await checkSelection(stage)
    case .showsALetterWithItsContent: try await checkContent(stage)
    case .hidesWhatIsNotPublished: try await checkPublishing(stage)
    case .listsWhatIsNotCommittedApart: try await checkUncommitted(stage)
    case .replaysALetterOnce: try await checkReplay(stage)
    case .replaysUnderOneIdentity: try await checkIdentity(stage)
    case .needsForceWhereEventsMayBeStored: try await checkForce(stage)
    case .keepsOneLetterOfWhatIsRefusedAgain: try await checkRefusal(stage)
    case .tellsWhatCannotBeDecoded: try await checkUndecodable(stage)
    case .replaysAsManyAsAsked: try await checkLimit(stage)
    case .dropsOnlyWhatWasAccepted: try await checkDrop(stage)
    case .dropsAllWhenForced: try await checkForcedDrop(stage)
    case .refusesNumbersThatAreNone: try await checkNumbers(stage)
    }
  }

  /// Why a call failed; nil if it did not.
  func failure(_ call: () async throws(DeadLetterOperationsError) -> Void) async -> DeadLetterOperationsError? {
    do throws(DeadLetterOperationsError) { try await call() } catch { return error }
    return nil
  }
}
