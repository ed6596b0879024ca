package import Application
import Domain
import Testing

/// What every queue of dead letters promises, checked on an empty one of its own.
///
/// Left open on purpose: how far positions are apart; which of two letters with one id is kept (the first, everywhere so far,
/// since they have the same content by rule 11 of the design).
package enum DeadLetterQueuePromise: String, CaseIterable, Sendable {
  case beginsEmpty
  case readsBackEveryKindOfLetter
  case keepsTheOrder
  case keepsALetterOnce
  case keepsALetterOnceWithinACall
  case tellsSimilarLettersApart
  case readsInPages
  case showsWhatIsAppendedAfterTheEnd
  case appendingNothingIsNoError
  case takesTheLargestLetter
  case takesManyAppendsAtOnce
  case cancelledCallsSaySo
  case numbersLettersForGood
  case boundsTheBytesOfAPage
  case keepsWhatBecameOfReplays
  case forgetsWhatIsDropped
  case passesOverWhatIsNotThere

  /// - Parameter queue: Empty, not shared with another check.
  package func check(on queue: some DeadLetterQueue) async throws {
    switch self {
    case .beginsEmpty: try await checkBeginning(queue)
    case .readsBackEveryKindOfLetter: try await checkKinds(queue)
    case .keepsTheOrder: try await checkOrder(queue)
    case .keepsALetterOnce: try await checkRepetition(queue)
    case .keepsALetterOnceWithinACall: try await checkRepetitionWithinACall(queue)
    case .tellsSimilarLettersApart: try await checkSimilarLetters(queue)
    case .readsInPages: try await checkPages(queue)
    case .showsWhatIsAppendedAfterTheEnd: try await checkEnd(queue)
    case .appendingNothingIsNoError: try await checkNothing(queue)
    case .takesTheLargestLetter: try await checkSize(queue)
    case .takesManyAppendsAtOnce: try await checkConcurrency(queue)
    case .cancelledCallsSaySo: try await checkCancellation(queue)
    case .numbersLettersForGood: try await checkPositions(queue)
    case .boundsTheBytesOfAPage: try await checkBytes(queue)
    case .keepsWhatBecameOfReplays: try await checkReplays(queue)
    case .forgetsWhatIsDropped: try await checkDropping(queue)
    case .passesOverWhatIsNotThere: try await checkAbsence(queue)
    }
  }

  /// All letters, in pages of `limit`.
  func letters(in queue: some DeadLetterQueue, limit: Int = 100) async throws -> [DeadLetter] {
    try await kept(in: queue, limit: limit).map(\.letter)
  }

  func kept(
    in queue: some DeadLetterQueue, limit: Int = 100, bytes: Int = 64 << 20
  ) async throws -> [KeptDeadLetter] {
    var letters: [KeptDeadLetter] = []
    var position: UInt64? = 0
    while let from = position {
      let page = try await queue.read(from: from, limit: limit, bytes: bytes)
      #expect(page.letters.count <= limit)
      try #require(!page.letters.isEmpty || page.next == nil)
      letters += page.letters
      position = page.next
    }
    return letters
  }
}
