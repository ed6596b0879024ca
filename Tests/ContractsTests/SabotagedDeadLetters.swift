import Application
import DeadLetterOperationsContract
import Domain

/// Right operations behind one fault.
struct SabotagedDeadLetters: DeadLetterOperations {
  enum Fault: String, CaseIterable, Sendable {
    case reversesPages, ignoresReason, ignoresNumbers, losesContent, showsWhatIsHidden, forgetsOutcomes, sendsUnforced
    case hidesRefusals, swallowsUndecodable, ignoresLimit, dropsEverything, neverForcesDrops, passesOverMissingNumbers
    case changesIdentities, mixesUncommitted, concealsWhatStays

    var broken: DeadLetterOperationsPromise {
      switch self {
      case .reversesPages: .listsOldestFirstInPages
      case .ignoresReason, .ignoresNumbers: .listsWhatIsSelected
      case .losesContent: .showsALetterWithItsContent
      case .showsWhatIsHidden: .hidesWhatIsNotPublished
      case .mixesUncommitted: .listsWhatIsNotCommittedApart
      case .forgetsOutcomes: .replaysALetterOnce
      case .changesIdentities: .replaysUnderOneIdentity
      case .sendsUnforced: .needsForceWhereEventsMayBeStored
      case .hidesRefusals: .keepsOneLetterOfWhatIsRefusedAgain
      case .swallowsUndecodable: .tellsWhatCannotBeDecoded
      case .ignoresLimit: .replaysAsManyAsAsked
      case .dropsEverything, .concealsWhatStays: .dropsOnlyWhatWasAccepted
      case .neverForcesDrops: .dropsAllWhenForced
      case .passesOverMissingNumbers: .refusesNumbersThatAreNone
      }
    }
  }

  let honest: any DeadLetterOperations
  let fault: Fault

  func list(
    _ selection: DeadLetterSelection, from position: UInt64, limit: Int
  ) async throws(DeadLetterOperationsError) -> DeadLetterList {
    let list = try await honest.list(distorted(selection), from: position, limit: limit)
    let letters = list.letters.map(distorted)
    return DeadLetterList(letters: fault == .reversesPages ? letters.reversed() : letters, next: list.next)
  }

  func letter(_ number: UInt64) async throws(DeadLetterOperationsError) -> DeadLetterDetail {
    do throws(DeadLetterOperationsError) {
      let detail = try await honest.letter(number)
      return DeadLetterDetail(
        summary: detail.summary, content: fault == .losesContent ? .record([1]) : detail.content)
    } catch {
      guard fault == .showsWhatIsHidden, case .notFound = error,
        let other = try await honest.list(.init(), from: 0, limit: 1).letters.first
      else { throw error }
      return DeadLetterDetail(summary: other, content: .event([]))
    }
  }

  func replay(
    _ selection: DeadLetterSelection, limit: Int, isForced: Bool,
    told: @Sendable (DeadLetterReplayed) async -> Void
  ) async throws(DeadLetterOperationsError) {
    try await honest.replay(
      distorted(selection), limit: fault == .ignoresLimit ? .max : limit, isForced: isForced || fault == .sendsUnforced
    ) { letter in
      switch letter.result {
      case .undecodable where fault == .swallowsUndecodable: break
      case .acceptedBefore where fault == .forgetsOutcomes:
        await told(
          DeadLetterReplayed(number: letter.number, reason: letter.reason, tenant: letter.tenant, result: .accepted))
      default: await told(letter)
      }
    }
  }

  func drop(
    _ selection: DeadLetterSelection, isForced: Bool, told: @Sendable (DeadLetterDrop) async -> Void
  ) async throws(DeadLetterOperationsError) {
    let forces = fault == .dropsEverything || isForced && fault != .neverForcesDrops
    try await honest.drop(distorted(selection), isForced: forces) { drop in
      await told(fault == .concealsWhatStays ? DeadLetterDrop(dropped: drop.dropped, kept: 0) : drop)
    }
  }

  private func distorted(_ selection: DeadLetterSelection) -> DeadLetterSelection {
    switch fault {
    case .mixesUncommitted:
      DeadLetterSelection(
        numbers: selection.numbers, reason: selection.reason, tenant: selection.tenant, range: selection.range)
    case .ignoresReason:
      DeadLetterSelection(numbers: selection.numbers, tenant: selection.tenant, range: selection.range)
    case .ignoresNumbers:
      DeadLetterSelection(reason: selection.reason, tenant: selection.tenant, range: selection.range)
    case .passesOverMissingNumbers:
      DeadLetterSelection(
        numbers: selection.numbers.filter { $0 < 5 }, reason: selection.reason, tenant: selection.tenant,
        range: selection.range)
    default: selection
    }
  }

  private func distorted(_ letter: DeadLetterSummary) -> DeadLetterSummary {
    guard fault == .hidesRefusals else { return letter }
    return DeadLetterSummary(
      number: letter.number, id: letter.id, reason: letter.reason, tenant: letter.tenant, time: letter.time,
      bytes: letter.bytes, replay: nil)
  }
}
